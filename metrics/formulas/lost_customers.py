"""Lost customers: customers at opening that are none at closing."""

from metrics import terms
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def lost_customers(facts: RevenueFacts) -> Figure:
    """How many accounts had MRR at opening and have none at closing."""
    return Figure(facts.customers_lost, {"lost": facts.customers_lost})


METRIC = Metric(
    id="lost_customers",
    title=msg("Lost customers"),
    definition=msg("Customers at opening that are none at closing."),
    formula=msg("{lost}"),
    terms={"lost": terms.CUSTOMERS_LOST},
    unit=Unit.COUNT,
    better=Better.DOWN,
    source=msg(
        "Our own choice: the two ends of the period are compared; who left and came back between them is not lost."
    ),
    facts=RevenueFacts,
    measure=lost_customers,
)
