"""The monthly roll-up of the ledger, read: what a whole company's months came to, without its lines."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import Integer, String, bindparam, func, or_, select

from metrics.money import Rates
from metrics.periods import Period, month_of
from metrics.rollup import CUSTOMERS, KEPT, LOST, MONTH, NET, RETAINED, WON, YEAR
from metrics.types import BookFilter
from storage.columns import Day
from storage.kept import EVERYBODY, MIXED, Kept, book_of_csm, book_of_segment, kept_at
from storage.prepared import Prepared
from storage.queries.tables import mrr_rollup
from storage.session import Session

__all__ = ["KEPT", "LOST", "RETAINED", "WON", "Coverage", "Sum", "before", "book_name", "coverage", "sums", "window"]

_c = mrr_rollup.c
_BOOK = bindparam("book", type_=String)
_CURRENCY, _RATE = bindparam("currency", type_=String), bindparam("rate", type_=String)
_SINCE, _UNTIL = bindparam("since", type_=Day), bindparam("until", type_=Day)

_sums = Prepared(
    select(_c.month, _c.measure, _c.value).where(
        _c.book == _BOOK,
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
        _c.book == _BOOK,
        _c.currency == _CURRENCY,
        _c.rate == _RATE,
        _c.months == MONTH,
        _c.month < _UNTIL,
        or_(_c.measure == NET, _c.measure == CUSTOMERS),
    )
    .group_by(_c.measure)
)
_names = Prepared(select(_c.currency, _c.rate).where(_c.book == _BOOK).distinct())


class Coverage(NamedTuple):
    """Which accounts' sums are kept for a question about a book."""

    book: str
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


def coverage(db: Session, rates: Rates, book: str) -> Coverage:
    """What the roll-up has for a report about `book` at these rates."""
    there = {Kept(*row) for row in _names.rows(db, {"book": book})}
    currencies = {kept.currency for kept in there} - {MIXED}
    wanted = {currency: kept_at(currency, rates) for currency in currencies}
    kept = {currency: kept for currency, kept in wanted.items() if kept is not None and kept in there}
    return Coverage(
        book, tuple(kept.values()), frozenset(currencies - kept.keys()), any(kept.currency == MIXED for kept in there)
    )


def pays_only(db: Session, currency: str) -> bool:
    """Nobody has ever paid in any other currency."""
    return all(name == currency for name, _ in _names.rows(db, {"book": EVERYBODY}))


def book_name(book: BookFilter) -> str | None:
    """How the roll-up calls a book; None for one that it does not have."""
    match book:
        case BookFilter(None, None, None, None):
            return EVERYBODY
        case BookFilter(str(segment), None, None, None) if segment:
            return book_of_segment(segment)
        case BookFilter(None, str(csm_email), None, None) if csm_email:
            return book_of_csm(csm_email)
    return None


def window(period: Period) -> int | None:
    """The window that `period` is, MONTH or YEAR; None where it is neither and the lines must be read."""
    if period.start.day != 1 or period.end.day != 1:
        return None
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
    return months if months in (MONTH, YEAR) else None


def before(db: Session, day: date, cover: Coverage) -> tuple[int, int]:
    """MRR and customers at the end of the day before `day`, the first of a month, of the accounts in these sums."""
    mrr = customers = 0
    for one in cover.kept:
        asked = {"book": cover.book, **one._asdict(), "until": day}
        found = {measure: int(value) for measure, value in _before.rows(db, asked)}
        mrr, customers = mrr + found.get(NET, 0), customers + found.get(CUSTOMERS, 0)
    return mrr, customers


def sums(db: Session, periods: Collection[Period], cover: Coverage) -> Iterator[Sum]:
    """All sums of `periods`, each of them a `window`.

    A year's movements are those of its months; what came of accounts is told by the year's own window.
    """
    if not periods:
        return
    of_month = {month.start: period for period in periods for month in period.months()}
    since, until = min(period.start for period in periods), max(period.end for period in periods)
    windows = {MONTH, *(YEAR for period in periods if window(period) == YEAR)}
    for one in cover.kept:
        asked = {"book": cover.book, **one._asdict(), "since": since, "until": until}
        for months in windows:
            for month, measure, value in _sums.rows(db, asked | {"months": months}):
                period = of_month.get(month)
                if period is not None and (months == MONTH or month_of(period.last).start == month):
                    yield Sum(period, months, measure, int(value))
