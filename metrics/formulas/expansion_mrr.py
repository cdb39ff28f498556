"""Expansion MRR: what customers pay more than before."""

from metrics import terms
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def expansion_mrr(facts: RevenueFacts) -> Figure:
    """The sum of all rises of customers that were ones before."""
    return Figure(facts.expansion, {"expansion": facts.expansion})


METRIC = Metric(
    id="expansion_mrr",
    title=msg("Expansion MRR"),
    definition=msg(
        "The MRR that customers added to what they paid already: more products, a higher plan, more seats or "
        "a higher price."
    ),
    formula=msg("{expansion}"),
    terms={"expansion": terms.EXPANSION},
    unit=Unit.MONEY,
    better=Better.UP,
    source=msg(
        "Our own choice: what happens to an account on one day is netted into one movement, so that a quarter"
        " is exactly the sum of its months."
    ),
    facts=RevenueFacts,
    measure=expansion_mrr,
)
