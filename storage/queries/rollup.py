"""The monthly roll-up of the ledger, read: what a whole company's months came to, without its lines."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import Integer, String, bindparam, func, or_, select

from metrics.money import Rates
from metrics.periods import Period, month_of
from metrics.rollup import CUSTOMERS, KEPT, LOST, MONTH, NET, RETAINED, WON, YEAR
from storage.columns import Day
from storage.kept import MIXED, Kept, kept_at
from storage.prepared import Prepared
from storage.queries.tables import mrr_rollup
from storage.session import Session

__all__ = ["KEPT", "LOST", "RETAINED", "WON", "Coverage", "Sum", "before", "coverage", "sums", "window"]

_c = mrr_rollup.c
_CURRENCY, _RATE = bindparam("currency", type_=String), bindparam("rate", type_=String)
_SINCE, _UNTIL = bindparam("since", type_=Day), bindparam("until", type_=Day)

_sums = Prepared(
    select(_c.month, _c.measure, _c.value).where(
        _c.currency == _CURRENCY,
        _c.rate == _RATE,
        _c.months == bindparam("months", type_=Integer),
        _c.month >= _SINCE,
        _c.month < _UNTIL,
    )
)
_before = Prepared(
    select(_c.measure, func.sum(_c.value))
    .where(
        _c.currency == _CURRENCY,
        _c.rate == _RATE,
        _c.months == MONTH,
        _c.month < _UNTIL,
        or_(_c.measure == NET, _c.measure == CUSTOMERS),
    )
    .group_by(_c.measure)
)
_names = Prepared(select(_c.currency, _c.rate).distinct())


class Coverage(NamedTuple):
    """Which accounts' sums are kept for a question."""

    kept: tuple[Kept, ...]
    """The sums to add up: each currency's at the report's rate."""
    others: frozenset[str]
    """Currencies without such sums: of accounts with one of them alone the lines must be read."""
    mixed: bool
    """There are accounts with several currencies, whose lines must always be read."""


class Sum(NamedTuple):
    """One measure of one period; `months` is the window that it belongs to (see metrics.rollup)."""

    period: Period
    months: int
    measure: str
    value: int


def coverage(db: Session, rates: Rates) -> Coverage:
    """What the roll-up has for a report at these rates."""
    there = {Kept(*row) for row in _names.rows(db, {})}
    currencies = {kept.currency for kept in there} - {MIXED}
    wanted = {currency: kept_at(currency, rates) for currency in currencies}
    kept = {currency: kept for currency, kept in wanted.items() if kept is not None and kept in there}
    return Coverage(
        tuple(kept.values()), frozenset(currencies - kept.keys()), any(kept.currency == MIXED for kept in there)
    )


def window(period: Period) -> int | None:
    """The window that `period` is, MONTH or YEAR; None where it is neither and the lines must be read."""
    if period.start.day != 1 or period.end.day != 1:
        return None
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
    return months if months in (MONTH, YEAR) else None


def before(db: Session, day: date, kept: Collection[Kept]) -> tuple[int, int]:
    """MRR and customers at the end of the day before `day`, the first of a month, of the accounts in these sums."""
    mrr = customers = 0
    for one in kept:
        found = {measure: int(value) for measure, value in _before.rows(db, {**one._asdict(), "until": day})}
        mrr, customers = mrr + found.get(NET, 0), customers + found.get(CUSTOMERS, 0)
    return mrr, customers


def sums(db: Session, periods: Collection[Period], kept: Collection[Kept]) -> Iterator[Sum]:
    """All sums of `periods`, each of them a `window`.

    A year's movements are those of its months; what came of accounts is told by the year's own window.
    """
    if not periods:
        return
    of_month = {month.start: period for period in periods for month in period.months()}
    asked = {"since": min(period.start for period in periods), "until": max(period.end for period in periods)}
    windows = {MONTH, *(YEAR for period in periods if window(period) == YEAR)}
    for one in kept:
        for months in windows:
            for month, measure, value in _sums.rows(db, {**asked, **one._asdict(), "months": months}):
                period = of_month.get(month)
                if period is not None and (months == MONTH or month_of(period.last).start == month):
                    yield Sum(period, months, measure, int(value))
