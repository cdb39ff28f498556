"""What customers are worth and what keeping them costs: revenue, invoices as they were paid, and costs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache

from metrics.facts import ValueFacts
from metrics.periods import Period, month_of
from metrics.types import RevenueFacts
from storage.queries.paid_and_spent import costs, costs_by_account, paid, paid_by_account
from storage.queries.revenue import monthly_revenue
from storage.queries.revenue_by_account import revenue_by_account
from storage.queries.stood_by_account import Stood, stood_in_each
from storage.queries.totals import Scope, Totals
from storage.session import Session


def load(db: Session, scope: Scope) -> ValueFacts:
    """The period's facts; MissingRate where a currency that somebody pays or that something cost has no rate."""
    return series(db, scope, (scope.period,))[0]


def series(db: Session, scope: Scope, periods: Sequence[Period]) -> Sequence[ValueFacts]:
    """The facts of several periods that follow one another, read together."""
    if not periods:
        return ()
    revenue = _revenue(db, scope, periods)
    came_in = paid(db, scope.book, scope.rates, periods)
    went_out = costs(db, scope.book, scope.rates, periods)
    return tuple(
        ValueFacts(
            revenue=revenue[period.start, period.end],
            churn=_churn(revenue[month.start, month.end] for month in _full_months(period)),
            paid=came_in[number],
            costs=went_out[number],
            months=_length(period),
            gross_margin=scope.definitions.gross_margin,
        )
        for number, period in enumerate(periods)
    )


def by_account(db: Session, scope: Scope) -> Mapping[int, ValueFacts]:
    """The facts of each account that was a customer in one of the months, or of which an invoice or a cost is known."""
    period, rates, book = scope.period, scope.rates, scope.book
    months = _full_months(period)
    revenue = revenue_by_account(db, period, rates=rates, book=book)
    stood = stood_in_each(db, months, rates, book)
    came_in = paid_by_account(db, book, rates, period)
    went_out = costs_by_account(db, book, rates, period)
    no_revenue = RevenueFacts(rates.home, period.start, period.end)
    nowhere = (Stood(opening=False, closing=False),) * len(months)
    length, own_churn = _length(period), cache(_own_churn)
    return {
        account_id: ValueFacts(
            revenue=revenue.get(account_id, no_revenue),
            churn=own_churn(stood.get(account_id, nowhere)),
            paid=came_in.get(account_id),
            costs=went_out.get(account_id),
            months=length,
            gross_margin=scope.definitions.gross_margin,
        )
        for account_id in revenue.keys() | stood.keys() | came_in.keys() | went_out.keys()
    }


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


def _churn(months: Iterable[RevenueFacts]) -> tuple[tuple[int, int], ...]:
    """Customers at opening and customers lost, of each of the months."""
    return tuple((month.customers_opening, month.customers_lost) for month in months)


def _own_churn(months: tuple[Stood, ...]) -> tuple[tuple[int, int], ...]:
    """The same of one account."""
    return tuple((int(stood.opening), int(stood.opening and not stood.closing)) for stood in months)


def _length(period: Period) -> Fraction:
    """How many months a period is, a part of one by its days."""
    return sum((Fraction(part.days, month_of(part.start).days) for part in period.months()), Fraction(0))


TOTALS = Totals(
    id="value",
    facts=ValueFacts,
    load=load,
    by_account=by_account,
    series=series,
    some_of_nobody=True,
    rests_on=("mrr_movement", "invoice", "cost"),
)
