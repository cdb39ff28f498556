"""What other definitions of churn count: every churn, accounts that came and left, subscriptions, unpaid bills."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from itertools import groupby

from sqlalchemy import ColumnElement, and_, func, or_, select

from metrics.facts import ChurnFacts
from metrics.money import Rates
from metrics.periods import Period
from metrics.rollup import ARRIVALS
from metrics.types import BookFilter, MovementKind
from storage.queries.books import accounts_of
from storage.queries.ledger import COLUMNS, Line, Worth, fate, lines_of
from storage.queries.revenue import revenue
from storage.queries.tables import invoice, subscription
from storage.queries.tables import mrr_movement as line
from storage.session import Session

_EVERYBODY = BookFilter()
PAST_DUE_DAYS = 30
"""An invoice that is due for longer, or failed, is past due."""


def churn_facts(db: Session, period: Period, *, rates: Rates, book: BookFilter = _EVERYBODY) -> ChurnFacts:
    """Everything that some definition of churn counts; MissingRate as in `revenue`."""
    accounts = accounts_of(db, book)
    churns = arrivals = between = between_mrr = 0
    worth = cache(rates.to_home)
    for lines in _accounts(db, period, accounts):
        days = {one.day: one.kind for one in lines}
        churns += sum(kind is MovementKind.CHURN for kind in days.values())
        arrivals += sum(kind in ARRIVALS for kind in days.values())
        whole = fate(lines, worth)
        if not whole.was_customer and not whole.is_customer:
            between += 1
            between_mrr += _left_with(lines, worth)
    running, ended = _subscriptions(db, period, accounts)
    past_due = _past_due(db, period, accounts, worth)
    return ChurnFacts(
        revenue=revenue(db, period, rates=rates, book=book),
        churns=churns,
        came_and_left=between,
        came_and_left_mrr=between_mrr,
        arrivals=arrivals,
        subscriptions=running,
        subscriptions_ended=ended,
        past_due=len(past_due),
        past_due_mrr=sum(past_due),
    )


def _accounts(db: Session, period: Period, accounts: ColumnElement[int] | None) -> Sequence[list[Line]]:
    """The lines in the period of each account that came or left in it."""
    comings = (*sorted(ARRIVALS), MovementKind.CHURN)
    during = and_(line.c.day >= period.start, line.c.day < period.end)
    moved = select(line.c.account_id).where(during, line.c.kind.in_(comings))
    if accounts is not None:
        moved = moved.where(line.c.account_id.in_(accounts))
    found = db.execute(
        select(*COLUMNS)
        .where(during, line.c.account_id.in_(moved))
        .order_by(line.c.account_id, line.c.day, line.c.currency)
    )
    return [list(rows) for _, rows in groupby(lines_of(found.all()), key=lambda one: one.account_id)]


def _left_with(lines: Sequence[Line], worth: Worth) -> int:
    """What an account paid when it left for the last time, in the report's currency."""
    last = max(one.day for one in lines if one.kind is MovementKind.CHURN)
    return -sum(one.change(worth) for one in lines if one.day == last)


def _subscriptions(db: Session, period: Period, accounts: ColumnElement[int] | None) -> tuple[int, int]:
    """Paid subscriptions that ran at opening, and how many of them ran no more at closing."""
    c = subscription.c
    of_book = () if accounts is None else (c.account_id.in_(accounts),)
    day_before, last = period.start - timedelta(days=1), period.last

    def running(day: object) -> ColumnElement[bool]:
        return and_(c.amount > 0, c.started_on <= day, or_(c.ended_on.is_(None), c.ended_on > day))

    opening = select(c.key).where(running(day_before), *of_book).distinct()
    kept = opening.where(c.key.in_(select(c.key).where(running(last))))
    there, still = (
        db.execute(select(func.count()).select_from(found.subquery())).scalar_one() for found in (opening, kept)
    )
    return int(there), int(there - still)


def _past_due(db: Session, period: Period, accounts: ColumnElement[int] | None, worth: Worth) -> list[int]:
    """The MRR at closing of each customer that has not paid."""
    c, last = invoice.c, period.last
    unpaid = or_(c.paid_on > last, and_(c.paid_on.is_(None), c.status.in_(("open", "failed"))))
    late = or_(c.failed_on <= last, c.due_on < last - timedelta(days=PAST_DUE_DAYS))
    debtors = select(c.account_id).where(unpaid, late)
    if accounts is not None:
        debtors = debtors.where(c.account_id.in_(accounts))
    state = func.sum(line.c.after - line.c.before)
    found = db.execute(
        select(line.c.account_id, line.c.currency, state)
        .where(line.c.day <= last, line.c.account_id.in_(debtors))
        .group_by(line.c.account_id, line.c.currency)
        .having(state != 0)
        .order_by(line.c.account_id)
    )
    return [
        sum(worth(int(minor), currency) for _, currency, minor in rows)
        for _, rows in groupby(found.all(), key=lambda row: row[0])
    ]
