"""ARPA: what a customer pays a month, on average."""

from metrics import terms
from metrics.arithmetic import ratio
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def average_revenue_per_account(facts: RevenueFacts) -> Figure:
    """Closing MRR over closing customers, in exact minor units. None where there are no customers."""
    inputs = {"closing": facts.closing, "customers_closing": facts.customers_closing}
    return Figure(ratio(facts.closing, facts.customers_closing), inputs)


METRIC = Metric(
    id="arpa",
    title=msg("ARPA"),
    definition=msg("Average revenue per account: MRR at closing for each customer at closing."),
    formula=msg("{closing} ÷ {customers_closing}"),
    terms={"closing": terms.CLOSING, "customers_closing": terms.CUSTOMERS_CLOSING},
    unit=Unit.MONEY,
    better=Better.UP,
    source=msg("Common practice among subscription businesses."),
    facts=RevenueFacts,
    measure=average_revenue_per_account,
)
