"""CRC: what keeping customers cost in the period."""

from metrics import terms_value as terms
from metrics.facts import ValueFacts
from metrics.types import Better, Figure, Metric, Unit, msg


def customer_retention_cost(facts: ValueFacts) -> Figure:
    """The costs of the period, in minor units. None where no costs are known.

    >>> from datetime import date
    >>> from metrics.types import RevenueFacts
    >>> october = RevenueFacts("EUR", date(2026, 10, 1), date(2026, 11, 1))
    >>> customer_retention_cost(ValueFacts(october, costs=12_000_00)).value
    1200000
    """
    return Figure(facts.costs, {"costs": facts.costs or 0})


METRIC = Metric(
    id="crc",
    title=msg("CRC"),
    definition=msg(
        "Customer retention cost: what the company spent in the period on keeping its customers, people, tools and "
        "programmes. For a part of the accounts, only costs that name one of them."
    ),
    formula=msg("{costs}"),
    terms={"costs": terms.COSTS},
    unit=Unit.MONEY,
    better=Better.DOWN,
    source=msg("Common practice in customer success; what counts as a cost is what the company imports as one."),
    facts=ValueFacts,
    measure=customer_retention_cost,
)
