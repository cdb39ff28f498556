"""Expansion rate: what customers added, as a share of opening MRR."""

from metrics import terms
from metrics.arithmetic import ratio
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def expansion_rate(facts: RevenueFacts) -> Figure:
    """Expansion over opening MRR; reactivation is not expansion. None where the book was empty at opening."""
    inputs = {"expansion": facts.expansion, "opening": facts.opening}
    return Figure(ratio(facts.expansion, facts.opening), inputs)


METRIC = Metric(
    id="expansion_rate",
    title=msg("Expansion rate"),
    definition=msg("Expansion MRR as a share of MRR at opening."),
    formula=msg("{expansion} ÷ {opening}"),
    terms={"expansion": terms.EXPANSION, "opening": terms.OPENING},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg("Common practice among subscription businesses."),
    facts=RevenueFacts,
    measure=expansion_rate,
)
