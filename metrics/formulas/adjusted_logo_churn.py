"""Adjusted logo churn: customers lost as a share of the mean number of customers."""

from metrics import terms
from metrics.arithmetic import ratio
from metrics.bands import grade_churn
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def adjusted_logo_churn(facts: RevenueFacts) -> Figure:
    """Customers lost over the mean of opening and closing customers. None where there were none at both ends.

    >>> from datetime import date
    >>> period = date(2026, 10, 1), date(2026, 11, 1)
    >>> facts = RevenueFacts("EUR", *period, customers_opening=90, customers_closing=110, customers_lost=4)
    >>> adjusted_logo_churn(facts).value
    Fraction(1, 25)
    """
    inputs = {
        "lost": facts.customers_lost,
        "customers_opening": facts.customers_opening,
        "customers_closing": facts.customers_closing,
    }
    return Figure(ratio(2 * facts.customers_lost, facts.customers_opening + facts.customers_closing), inputs)


METRIC = Metric(
    id="adjusted_logo_churn",
    title=msg("Adjusted logo churn"),
    definition=msg(
        "Customers lost as a share of the mean of the customers at opening and at closing: fairer where the "
        "number of customers changes fast."
    ),
    formula=msg("{lost} ÷ (({customers_opening} + {customers_closing}) ÷ 2)"),
    terms={
        "lost": terms.CUSTOMERS_LOST,
        "customers_opening": terms.CUSTOMERS_OPENING,
        "customers_closing": terms.CUSTOMERS_CLOSING,
    },
    unit=Unit.RATIO,
    better=Better.DOWN,
    source=msg("Common practice among subscription businesses."),
    facts=RevenueFacts,
    measure=adjusted_logo_churn,
    grade=grade_churn,
)
