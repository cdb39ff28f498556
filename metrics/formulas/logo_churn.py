"""Logo churn: the share of the customers at opening that are none at closing."""

from metrics import terms
from metrics.arithmetic import ratio
from metrics.bands import grade_churn
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def logo_churn(facts: RevenueFacts) -> Figure:
    """Customers lost over customers at opening. None where there were no customers.

    >>> from datetime import date
    >>> facts = RevenueFacts("EUR", date(2026, 10, 1), date(2026, 11, 1), customers_opening=212, customers_lost=4)
    >>> logo_churn(facts).value
    Fraction(1, 53)
    """
    inputs = {"lost": facts.customers_lost, "customers_opening": facts.customers_opening}
    return Figure(ratio(facts.customers_lost, facts.customers_opening), inputs)


METRIC = Metric(
    id="logo_churn",
    title=msg("Logo churn"),
    definition=msg("Customers at opening that are none at closing, as a share of the customers at opening."),
    formula=msg("{lost} ÷ {customers_opening}"),
    terms={"lost": terms.CUSTOMERS_LOST, "customers_opening": terms.CUSTOMERS_OPENING},
    unit=Unit.RATIO,
    better=Better.DOWN,
    source=msg(
        "Common practice; our own choice is to compare the two ends of the period, so that retention is "
        "exactly 1 − churn."
    ),
    facts=RevenueFacts,
    measure=logo_churn,
    grade=grade_churn,
)
