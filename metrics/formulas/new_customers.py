"""New customers: customers at closing that were none at opening."""

from metrics import terms
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def new_customers(facts: RevenueFacts) -> Figure:
    """How many accounts have MRR at closing and had none at opening."""
    return Figure(facts.customers_won, {"won": facts.customers_won})


METRIC = Metric(
    id="new_customers",
    title=msg("New customers"),
    definition=msg("Customers at closing that were none at opening, whether for the first time or once more."),
    formula=msg("{won}"),
    terms={"won": terms.CUSTOMERS_WON},
    unit=Unit.COUNT,
    better=Better.UP,
    source=msg(
        "Our own choice: the two ends of the period are compared; who came and left between them is in neither."
    ),
    facts=RevenueFacts,
    measure=new_customers,
)
