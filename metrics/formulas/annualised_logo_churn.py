"""Annualised logo churn: the share of customers that a whole year at this pace would lose."""

from datetime import date

from metrics import terms
from metrics.arithmetic import ratio
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def annualised_logo_churn(facts: RevenueFacts) -> Figure:
    """1 − (1 − churn)^n, with n such periods in a year: 12 for a month, 4 for a quarter, 1 for a year.

    None where there were no customers, and for a period that no year is made of (a week, 23 days, 5 months, 2 years).

    >>> facts = RevenueFacts("EUR", date(2026, 1, 1), date(2026, 7, 1), customers_opening=10, customers_lost=1)
    >>> annualised_logo_churn(facts).value  # a tenth in half a year, a tenth of the rest in the other half
    Fraction(19, 100)
    """
    times = _times_a_year(facts.start, facts.end)
    churn = ratio(facts.customers_lost, facts.customers_opening)
    value = None if churn is None or times == 0 else 1 - (1 - churn) ** times
    inputs = {"lost": facts.customers_lost, "customers_opening": facts.customers_opening, "times": times}
    return Figure(value, inputs)


def _times_a_year(start: date, end: date) -> int:
    """How many periods of this length make a year; 0 where none do."""
    months = (end.year - start.year) * 12 + end.month - start.month
    whole = start.day == end.day == 1 and months > 0 and 12 % months == 0
    return 12 // months if whole else 0


METRIC = Metric(
    id="annualised_logo_churn",
    title=msg("Annualised logo churn"),
    definition=msg(
        "The share of customers that a whole year would lose if all of it went as this period did. Only for periods of "
        "which a year is made: months, quarters, half-years and years."
    ),
    formula=msg("1 − (1 − {lost} ÷ {customers_opening})^{times}"),
    terms={"lost": terms.CUSTOMERS_LOST, "customers_opening": terms.CUSTOMERS_OPENING, "times": terms.TIMES_A_YEAR},
    unit=Unit.RATIO,
    better=Better.DOWN,
    source=msg("Common practice: losses compound, so twelve months at 5% are 46%, not 60%."),
    facts=RevenueFacts,
    measure=annualised_logo_churn,
)
