"""Renewals as they turned out: what accounts paid on the day before one was due and at the end of that day.

An account renews by still paying; what it signed is nobody's business here. Amounts are summed per account and currency
by the database and converted afterwards, so that accounts add up to the minor unit.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, case, func, select

from metrics.types import BookFilter, Cause, MovementKind
from storage.columns import Day
from storage.queries.books import accounts_of
from storage.queries.ledger import Worth
from storage.queries.tables import mrr_movement as line
from storage.queries.tables import renewal
from storage.session import Session

__all__ = ["Overdue", "Renewal", "overdue_renewals", "renewals"]

_EVERYBODY = BookFilter()


class Renewal(NamedTuple):
    """One renewal of an account that paid something on the day before; amounts in the report's minor units."""

    account_id: int
    due_on: date
    before: int
    """What it paid on the day before."""
    after: int
    """What it paid at the end of the day on which it was due, or of the last day asked about if that was earlier."""
    uplift: int
    """Expansion by price on that day."""
    renewed: bool
    """It still paid something, in whichever currency."""
    unchanged: bool
    """It paid the same, in each currency."""


class _Level(NamedTuple):
    """What an account paid in one currency around a renewal."""

    account_id: int
    due_on: date
    currency: str
    before: int
    after: int
    raised: bool
    """The day's movement is an expansion by price."""


def renewals(
    db: Session,
    since: date,
    until: date,
    *,
    worth: Worth,
    as_of: date,
    book: BookFilter = _EVERYBODY,
    among: tuple[ColumnElement[bool], ...] = (),
) -> Iterator[Renewal]:
    """The renewals due from `since` up to, not including, `until`, by account; `as_of` is the last day that counts.

    `among` are conditions on whole accounts. MissingRate where a currency that one of them pays in has no rate.
    """
    found = _levels(db, since, until, as_of, book, among)
    for (account_id, due_on), levels in groupby(found, key=itemgetter(0, 1)):
        renewal_of = _renewal(account_id, due_on, list(levels), worth)
        if renewal_of is not None:
            yield renewal_of


def _renewal(account_id: int, due_on: date, levels: list[_Level], worth: Worth) -> Renewal | None:
    """None where nothing was paid before."""
    paid = [one for one in levels if one.before or one.after]
    if not any(one.before for one in paid):
        return None
    raised = [one for one in paid if one.raised]
    return Renewal(
        account_id,
        due_on,
        before=sum(worth(one.before, one.currency) for one in paid),
        after=sum(worth(one.after, one.currency) for one in paid),
        uplift=sum(worth(one.after, one.currency) - worth(one.before, one.currency) for one in raised),
        renewed=any(one.after for one in paid),
        unchanged=all(one.before == one.after for one in paid),
    )


class Overdue(NamedTuple):
    """An account that pays although its last known renewal day has passed."""

    account_id: int
    due_on: date
    mrr: int
    """What it pays, in the report's minor units."""


def overdue_renewals(db: Session, today: date, *, worth: Worth, book: BookFilter = _EVERYBODY) -> list[Overdue]:
    """The accounts that still pay at the end of `today` and whose last renewal day, whatever it is, was before it.

    MissingRate where a currency that one of these accounts pays in has no rate.
    """
    last_due = func.max(renewal.c.due_on, type_=Day)
    last = select(renewal.c.account_id, last_due.label("due_on")).group_by(renewal.c.account_id)
    accounts = accounts_of(db, book)
    if accounts is not None:
        last = last.where(renewal.c.account_id.in_(accounts))
    passed = last.having(last_due < bindparam("today", today, type_=Day)).subquery()
    paid = (
        select(passed.c.account_id, passed.c.due_on, line.c.currency, func.sum(_moved))
        .join_from(passed, line, and_(line.c.account_id == passed.c.account_id, line.c.day <= today))
        .group_by(passed.c.account_id, passed.c.due_on, line.c.currency)
        .order_by(passed.c.account_id)
    )
    found = []
    for (account_id, due_on), levels in groupby(db.execute(paid), key=itemgetter(0, 1)):
        paying = [(int(minor), currency) for _, _, currency, minor in levels if minor]
        if paying:
            found.append(Overdue(account_id, due_on, sum(worth(*level) for level in paying)))
    return found


_SINCE, _UNTIL = bindparam("since", type_=Day), bindparam("until", type_=Day)
_AS_OF = bindparam("as_of", type_=Day)
_moved = line.c.after - line.c.before
_price = and_(
    line.c.day == renewal.c.due_on, line.c.kind == MovementKind.EXPANSION.value, line.c.cause == Cause.PRICE.value
)
_question = (
    select(
        renewal.c.account_id,
        renewal.c.due_on,
        line.c.currency,
        func.sum(case((line.c.day < renewal.c.due_on, _moved), else_=0)),
        func.sum(_moved),
        func.max(case((_price, 1), else_=0)),
    )
    .join_from(
        renewal,
        line,
        and_(line.c.account_id == renewal.c.account_id, line.c.day <= renewal.c.due_on, line.c.day <= _AS_OF),
    )
    .where(renewal.c.due_on >= _SINCE, renewal.c.due_on < _UNTIL)
    .group_by(renewal.c.account_id, renewal.c.due_on, line.c.currency)
)


def _levels(
    db: Session, since: date, until: date, as_of: date, book: BookFilter, among: tuple[ColumnElement[bool], ...]
) -> Iterator[_Level]:
    question = _question.where(*among).order_by(renewal.c.account_id, renewal.c.due_on, line.c.currency)
    accounts = accounts_of(db, book)
    if accounts is not None:
        question = question.where(renewal.c.account_id.in_(accounts))
    asked: dict[str, Any] = {"since": since, "until": until, "as_of": as_of}
    for account_id, due_on, currency, before, after, raised in db.execute(question, asked):
        yield _Level(account_id, due_on, currency, int(before), int(after), bool(raised))
