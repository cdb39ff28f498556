"""What customers are worth and what keeping them costs: revenue, invoices as they were paid, and costs."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Select, func, or_, select

from metrics.facts import ValueFacts
from metrics.money import Rates
from metrics.periods import Period, month_of
from metrics.types import RevenueFacts
from storage.queries.books import accounts_of
from storage.queries.revenue import monthly_revenue
from storage.queries.tables import cost, invoice
from storage.queries.totals import Scope, Totals
from storage.session import Session

TRAILING_MONTHS: Final = 12
REPEAT_WINDOW: Final = timedelta(days=365)
"""In which an account must have paid twice to have come back."""

Conditions: TypeAlias = tuple[ColumnElement[bool], ...]


def load(db: Session, scope: Scope) -> ValueFacts:
    """The period's facts; MissingRate where a currency that somebody pays or that something cost has no rate."""
    return series(db, scope, (scope.period,))[0]


def series(db: Session, scope: Scope, periods: Sequence[Period]) -> Sequence[ValueFacts]:
    """The facts of several periods that follow one another, read together."""
    if not periods:
        return ()
    accounts = accounts_of(db, scope.book)
    bills: Conditions = () if accounts is None else (invoice.c.account_id.in_(accounts),)
    spent: Conditions = () if accounts is None else (cost.c.account_id.in_(accounts),)
    revenue = _revenue(db, scope, periods)
    paid = _paid(db, bills, scope.rates, periods)
    costs = _costs(db, spent, scope.rates, periods)
    return tuple(
        ValueFacts(
            revenue=revenue[period.start, period.end],
            churn=_churn(revenue[month.start, month.end] for month in _full_months(period)),
            paid=paid[number],
            costs=costs[number],
            months=_length(period),
            gross_margin=scope.definitions.gross_margin,
        )
        for number, period in enumerate(periods)
    )


# --- Revenue and churn ---------------------------------------------------------------------------------------------


def _revenue(db: Session, scope: Scope, periods: Sequence[Period]) -> Mapping[tuple[date, date], RevenueFacts]:
    """By first day and day after the last: each of the periods, and each full month that one of them looks back at."""
    first, last = _full_months(periods[0])[0], _full_months(periods[-1])[-1]
    months = Period(first.start, last.end).months()
    found = {
        (facts.start, facts.end): facts for facts in monthly_revenue(db, months, rates=scope.rates, book=scope.book)
    }
    for period in periods:
        if (period.start, period.end) not in found:
            facts = monthly_revenue(db, (period,), rates=scope.rates, book=scope.book)[0]
            found[period.start, period.end] = facts
    return found


def _full_months(period: Period) -> tuple[Period, ...]:
    """The twelve calendar months that are over when the period ends: a month that still runs would flatter churn."""
    end = period.end.replace(day=1)
    return Period(end.replace(year=end.year - 1), end).months()


def _churn(months: Iterator[RevenueFacts]) -> tuple[tuple[int, int], ...]:
    """Customers at opening and customers lost, of the months that began with any."""
    return tuple((month.customers_opening, month.customers_lost) for month in months if month.customers_opening)


def _length(period: Period) -> Fraction:
    """How many months a period is, a part of one by its days."""
    return sum((Fraction(part.days, month_of(part.start).days) for part in period.months()), Fraction(0))


# --- Invoices ------------------------------------------------------------------------------------------------------


def _paid(db: Session, bills: Conditions, rates: Rates, periods: Sequence[Period]) -> list[int | None]:
    """What was paid in each period, by the day on which it was; None before any invoice is known."""
    c = invoice.c
    paid = select(c.paid_on.label("day"), c.currency, c.amount).where(
        c.status == "paid", c.paid_on >= periods[0].start, c.paid_on < periods[-1].end, *bills
    )
    known = _known(db, lambda end: select(c.id).where(or_(c.due_on < end, c.paid_on < end), *bills), periods)
    return [total if there else None for total, there in zip(_sums(db, paid, rates, periods), known, strict=True)]


# --- Costs ---------------------------------------------------------------------------------------------------------


def _costs(db: Session, spent: Conditions, rates: Rates, periods: Sequence[Period]) -> list[int | None]:
    """What each period cost; None before any cost is known. Of a book, only costs that name one of its accounts."""
    c = cost.c
    costs = select(c.day, c.currency, c.amount).where(c.day >= periods[0].start, c.day < periods[-1].end, *spent)
    known = _known(db, lambda end: select(c.id).where(c.day < end, *spent), periods)
    return [total if there else None for total, there in zip(_sums(db, costs, rates, periods), known, strict=True)]


# --- Both ----------------------------------------------------------------------------------------------------------


def _known(db: Session, rows: Callable[[date], Select[Any]], periods: Sequence[Period]) -> list[bool]:
    """Whether there are any `rows` by the end of each period: once there are, there are at all later ones."""
    known: list[bool] = []
    for period in periods:
        known.append(bool(known and known[-1]) or db.execute(rows(period.end).limit(1)).first() is not None)
    return known


def _sums(db: Session, rows: Select[Any], rates: Rates, periods: Sequence[Period]) -> list[int]:
    """The amounts of each period in the report's currency; `rows` are days, currencies and amounts, each converted."""
    starts, sums = [period.start for period in periods], [0] * len(periods)
    worth, c = cache(rates.to_home), rows.subquery("amounts").c
    abroad = False
    for day, currency, minor in db.execute(select(c.day, c.currency, func.sum(c.amount)).group_by(c.day, c.currency)):
        if currency == rates.home:
            sums[bisect_right(starts, day) - 1] += int(minor)
        else:
            abroad = True
    if abroad:
        for day, currency, minor in db.execute(select(c.day, c.currency, c.amount).where(c.currency != rates.home)):
            sums[bisect_right(starts, day) - 1] += worth(minor, currency)
    return sums


TOTALS = Totals(id="value", facts=ValueFacts, load=load, series=series, rests_on=("mrr_movement", "invoice", "cost"))
