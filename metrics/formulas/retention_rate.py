"""Retention rate: the share of the customers at opening that are still customers at closing."""

from metrics import terms
from metrics.arithmetic import ratio
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def retention_rate(facts: RevenueFacts) -> Figure:
    """Customers that stayed over customers at opening. None where there were no customers."""
    inputs = {
        "customers_closing": facts.customers_closing,
        "won": facts.customers_won,
        "customers_opening": facts.customers_opening,
    }
    return Figure(ratio(facts.customers_closing - facts.customers_won, facts.customers_opening), inputs)


METRIC = Metric(
    id="retention_rate",
    title=msg("Retention rate"),
    definition=msg(
        "Customers at opening that are still customers at closing, as a share of the customers at opening: "
        "exactly 1 − logo churn."
    ),
    formula=msg("({customers_closing} − {won}) ÷ {customers_opening}"),
    terms={
        "customers_closing": terms.CUSTOMERS_CLOSING,
        "won": terms.CUSTOMERS_WON,
        "customers_opening": terms.CUSTOMERS_OPENING,
    },
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg("Common practice among subscription businesses."),
    facts=RevenueFacts,
    measure=retention_rate,
)
