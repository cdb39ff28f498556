"""Renewals of periods, summed: those of accounts that pay in the report's currency alone by the database."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, case, func, select

from metrics.periods import Period
from metrics.types import BookFilter, Cause, MovementKind
from storage.columns import Day
from storage.queries.books import accounts_of
from storage.queries.consecutive import days_of
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
    at_home = and_(line.c.currency == home, line.c.mixed.is_(False))
    sums = _by_database(db, periods, at_home, as_of, book)
    start, end = periods[0].start, periods[-1].end
    for one in renewals(db, start, end, worth=worth, as_of=as_of, book=book, among=(~at_home,)):
        number = next(number for number, period in enumerate(periods) if one.due_on < period.end)
        sums[number] = sums[number].plus(_of(one))
    return sums


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


def _by_database(
    db: Session, periods: Sequence[Period], at_home: ColumnElement[bool], as_of: date, book: BookFilter
) -> list[RenewalSums]:
    """An account's last line up to its renewal tells all: it has one currency, so that a day has one line."""
    days = days_of(periods)
    number = days.number(renewal.c.due_on)
    question = (
        select(
            number,
            func.count(),
            func.sum(case((line.c.after > 0, 1), else_=0)),
            func.sum(_before),
            func.sum(case((_before < line.c.after, _before), else_=line.c.after)),
            func.sum(case((_raised, line.c.after - line.c.before), else_=0)),
            func.sum(case((_before == line.c.after, line.c.after), else_=0)),
        )
        .join_from(renewal, line, and_(line.c.account_id == renewal.c.account_id, line.c.day == _last_day))
        .where(days.during(renewal.c.due_on), at_home, _before > 0)
        .group_by(number)
    )
    accounts = accounts_of(db, book)
    if accounts is not None:
        question = question.where(renewal.c.account_id.in_(accounts))
    by_number = {at: RenewalSums(*map(int, sums)) for at, *sums in db.execute(question, {"as_of": as_of})}
    return [by_number.get(at, RenewalSums()) for at in range(len(periods))]
