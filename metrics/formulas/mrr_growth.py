"""MRR growth: closing MRR over opening MRR."""

from metrics import terms
from metrics.arithmetic import ratio
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def mrr_growth(facts: RevenueFacts) -> Figure:
    """Closing over opening MRR, all accounts, new ones included. None where the book was empty at opening."""
    inputs = {"closing": facts.closing, "opening": facts.opening}
    return Figure(ratio(facts.closing, facts.opening), inputs)


METRIC = Metric(
    id="mrr_growth",
    title=msg("MRR growth ratio"),
    definition=msg(
        "MRR at closing as a share of MRR at opening: over 100% the book grew. Some reports call it MRR expansion."
    ),
    formula=msg("{closing} ÷ {opening}"),
    terms={"closing": terms.CLOSING, "opening": terms.OPENING},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg("Common practice in monthly reports, some of which call it MRR expansion."),
    facts=RevenueFacts,
    measure=mrr_growth,
)
