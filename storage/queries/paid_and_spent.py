"""What a book's accounts paid of their invoices and what they cost, in the report's currency.

An amount is None before any row of its kind is known: once one is, a period without any came to 0.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Select, Table, exists, func, or_, select

from metrics.money import Rates
from metrics.periods import Period
from metrics.types import BookFilter
from storage.queries.tables import account, cost, invoice
from storage.queries.within import within
from storage.session import Session


class _Amounts(NamedTuple):
    """Rows that have an amount, an account and a day that they count on."""

    table: Table
    day: ColumnElement[date]
    known: Callable[[date], ColumnElement[bool]]
    """What is known at the end of the day before."""
    counted: tuple[ColumnElement[bool], ...] = ()

    def during(self, start: date, end: date, *columns: ColumnElement[Any]) -> Select[Any]:
        """`columns` of the rows that count from `start` to the day before `end`."""
        return select(*columns).where(self.day >= start, self.day < end, *self.counted)

    def whose(self, db: Session, book: BookFilter) -> tuple[ColumnElement[bool], ...]:
        """The rows of the book's accounts; rows of nobody are in no book but everybody's."""
        return within(db, book, self.table.c.account_id)


_INVOICES: Final = _Amounts(
    invoice,
    day=invoice.c.paid_on,
    known=lambda end: or_(invoice.c.due_on < end, invoice.c.paid_on < end),
    counted=(invoice.c.status == "paid",),
)
_COSTS: Final = _Amounts(cost, day=cost.c.day, known=lambda end: cost.c.day < end)

Sums: TypeAlias = list[int | None]


def paid(db: Session, book: BookFilter, rates: Rates, periods: Sequence[Period]) -> Sums:
    """What was paid in each of some periods that follow one another, by the day on which it was."""
    return _of_periods(db, _INVOICES, book, rates, periods)


def costs(db: Session, book: BookFilter, rates: Rates, periods: Sequence[Period]) -> Sums:
    """What each of these periods cost. Of a book, only costs that name one of its accounts."""
    return _of_periods(db, _COSTS, book, rates, periods)


def paid_by_account(db: Session, book: BookFilter, rates: Rates, period: Period) -> Mapping[int, int]:
    """What each account paid in the period; those of whom no invoice is known are left out."""
    return _of_accounts(db, _INVOICES, book, rates, period)


def costs_by_account(db: Session, book: BookFilter, rates: Rates, period: Period) -> Mapping[int, int]:
    """What each account cost in the period; those that no cost names are left out."""
    return _of_accounts(db, _COSTS, book, rates, period)


# --- Of periods ----------------------------------------------------------------------------------------------------


def _of_periods(db: Session, amounts: _Amounts, book: BookFilter, rates: Rates, periods: Sequence[Period]) -> Sums:
    among = amounts.whose(db, book)
    starts, sums = [period.start for period in periods], [0] * len(periods)
    span = periods[0].start, periods[-1].end
    for day, minor in _by(db, amounts, amounts.day, span, rates, among):
        sums[bisect_right(starts, day) - 1] += minor
    return [total if known else None for total, known in zip(sums, _known(db, amounts, among, periods), strict=True)]


def _known(
    db: Session, amounts: _Amounts, among: tuple[ColumnElement[bool], ...], periods: Sequence[Period]
) -> Iterator[bool]:
    """Whether there are any rows by the end of each period: once there are, there are at all later ones."""
    known = False
    for period in periods:
        rows = select(amounts.table.c.id).where(amounts.known(period.end), *among)
        known = known or db.execute(rows.limit(1)).first() is not None
        yield known


# --- Of accounts ---------------------------------------------------------------------------------------------------


def _of_accounts(db: Session, amounts: _Amounts, book: BookFilter, rates: Rates, period: Period) -> Mapping[int, int]:
    whose = amounts.table.c.account_id
    is_known = exists().where(whose == account.c.id, amounts.known(period.end))
    known = select(account.c.id).where(is_known, *within(db, book, account.c.id))
    sums = dict.fromkeys(db.execute(known).scalars(), 0)
    among = (whose.is_not(None), *amounts.whose(db, book))
    for account_id, minor in _by(db, amounts, whose, (period.start, period.end), rates, among):
        sums[account_id] += minor
    return sums


# --- Both ----------------------------------------------------------------------------------------------------------


def _by(
    db: Session,
    amounts: _Amounts,
    key: ColumnElement[Any],
    span: tuple[date, date],
    rates: Rates,
    among: tuple[ColumnElement[bool], ...],
) -> Iterator[tuple[Any, int]]:
    """Amounts with their key: those in the report's currency summed by the database, the others converted one by one.

    MissingRate where the currency of one of them has no rate.
    """
    c = amounts.table.c
    abroad = False
    sums = amounts.during(*span, key, c.currency, func.sum(c.amount)).where(*among).group_by(key, c.currency)
    for of, currency, minor in db.execute(sums):
        if currency == rates.home:
            yield of, int(minor)
        else:
            abroad = True
    if abroad:
        worth = cache(rates.to_home)
        each = amounts.during(*span, key, c.currency, c.amount).where(*among, c.currency != rates.home)
        for of, currency, minor in db.execute(each):
            yield of, worth(minor, currency)
