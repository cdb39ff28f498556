"""Renewals of periods, summed: those of accounts that pay in the report's currency alone by the database."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, select

from metrics.periods import Period
from metrics.types import BookFilter, Cause, MovementKind
from storage.columns import Day
from storage.queries.books import accounts_of
from storage.queries.consecutive import Consecutive, days_of
from storage.queries.ledger import Worth
from storage.queries.renewals import Renewal, renewals
from storage.queries.tables import mrr_movement as line
from storage.queries.tables import renewal
from storage.session import Session


class RenewalSums(NamedTuple):
    """The renewals of a period; amounts in the report's minor units. See storage.queries.renewals.Renewal."""

    due: int = 0
    renewed: int = 0
    before: int = 0
    """What all that were due paid on the day before."""
    kept: int = 0
    """Of those that renewed, the lesser of what they paid before and after."""
    uplift: int = 0
    """Of those that renewed."""
    unchanged: int = 0
    """What those that renewed for the same pay."""

    def plus(self, other: Sequence[int]) -> "RenewalSums":
        """The sums of both."""
        return RenewalSums(*(one + more for one, more in zip(self, other, strict=True)))


def renewal_sums(
    db: Session, periods: Sequence[Period], *, home: str, worth: Worth, as_of: date, book: BookFilter
) -> list[RenewalSums]:
    """The sums of periods that follow one another; `as_of` is the last day that counts.

    Accounts that pay in another currency, or in several, are converted one by one, so that they add up to the minor
    unit. MissingRate where one of those currencies has no rate.
    """
    days = days_of(periods)
    number = days.number(renewal.c.due_on)
    question = _within(db, book, _by_database(days, home, number).group_by(number))
    by_number = {at: RenewalSums(*map(int, sums)) for at, *sums in db.execute(question, {"as_of": as_of})}
    sums = [by_number.get(at, RenewalSums()) for at in range(len(periods))]
    for at, one in _abroad(db, periods, home, worth, as_of, book):
        sums[at] = sums[at].plus(_of(one))
    return sums


def renewal_sums_by_account(
    db: Session, periods: Sequence[Period], *, home: str, worth: Worth, as_of: date, book: BookFilter
) -> Mapping[int, Sequence[RenewalSums]]:
    """The same of each account alone; those that had no renewal are left out."""
    days = days_of(periods)
    keys = (renewal.c.account_id, days.number(renewal.c.due_on))
    question = _within(db, book, _by_database(days, home, *keys).group_by(*keys))
    found: defaultdict[int, list[RenewalSums]] = defaultdict(lambda: [RenewalSums()] * len(periods))
    for account_id, at, *sums in db.execute(question, {"as_of": as_of}):
        found[account_id][at] = RenewalSums(*map(int, sums))
    for at, one in _abroad(db, periods, home, worth, as_of, book):
        found[one.account_id][at] = found[one.account_id][at].plus(_of(one))
    return found


def _at_home(home: str) -> ColumnElement[bool]:
    """The lines of accounts that pay in the report's currency alone."""
    return and_(line.c.currency == home, line.c.mixed.is_(False))


def _abroad(
    db: Session, periods: Sequence[Period], home: str, worth: Worth, as_of: date, book: BookFilter
) -> Iterator[tuple[int, Renewal]]:
    """The renewals of all others, each with its period's number."""
    start, end = periods[0].start, periods[-1].end
    for one in renewals(db, start, end, worth=worth, as_of=as_of, book=book, among=(~_at_home(home),)):
        yield next(number for number, period in enumerate(periods) if one.due_on < period.end), one


def _of(one: Renewal) -> RenewalSums:
    if not one.renewed:
        return RenewalSums(1, 0, one.before)
    same = one.after if one.unchanged else 0
    return RenewalSums(1, 1, one.before, min(one.before, one.after), one.uplift, same)


_AS_OF = bindparam("as_of", type_=Day)
_other = line.alias("other")
_last_day = (
    select(func.max(_other.c.day))
    .where(_other.c.account_id == renewal.c.account_id, _other.c.day <= renewal.c.due_on, _other.c.day <= _AS_OF)
    .correlate(renewal)
    .scalar_subquery()
)
_on_the_day = line.c.day == renewal.c.due_on
_before = case((_on_the_day, line.c.before), else_=line.c.after)
_raised = and_(_on_the_day, line.c.kind == MovementKind.EXPANSION.value, line.c.cause == Cause.PRICE.value)


def _by_database(days: Consecutive, home: str, *keys: ColumnElement[Any]) -> Select[Any]:
    """The sums by `keys`. An account's last line up to its renewal tells all: it has one currency, a day one line."""
    return (
        select(
            *keys,
            func.count(),
            func.sum(case((line.c.after > 0, 1), else_=0)),
            func.sum(_before),
            func.sum(case((_before < line.c.after, _before), else_=line.c.after)),
            func.sum(case((_raised, line.c.after - line.c.before), else_=0)),
            func.sum(case((_before == line.c.after, line.c.after), else_=0)),
        )
        .join_from(renewal, line, and_(line.c.account_id == renewal.c.account_id, line.c.day == _last_day))
        .where(days.during(renewal.c.due_on), _at_home(home), _before > 0)
    )


def _within(db: Session, book: BookFilter, question: Select[Any]) -> Select[Any]:
    accounts = accounts_of(db, book)
    return question if accounts is None else question.where(renewal.c.account_id.in_(accounts))
