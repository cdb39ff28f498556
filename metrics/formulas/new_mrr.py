"""New MRR: what accounts added that had never been customers before."""

from metrics import terms
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def new_mrr(facts: RevenueFacts) -> Figure:
    """The MRR of first-time customers on the day they became one."""
    return Figure(facts.new, {"new": facts.new})


METRIC = Metric(
    id="new_mrr",
    title=msg("New MRR"),
    definition=msg("The MRR of accounts that had never been customers before."),
    formula=msg("{new}"),
    terms={"new": terms.NEW},
    unit=Unit.MONEY,
    better=Better.UP,
    source=msg(
        "Our own choice: what happens to an account on one day is netted into one movement, so that a quarter"
        " is exactly the sum of its months."
    ),
    facts=RevenueFacts,
    measure=new_mrr,
)
