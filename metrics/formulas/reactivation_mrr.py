"""Reactivation MRR: what former customers brought when they came back."""

from metrics import terms
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def reactivation_mrr(facts: RevenueFacts) -> Figure:
    """The MRR of returning customers on the day they came back."""
    return Figure(facts.reactivation, {"reactivation": facts.reactivation})


METRIC = Metric(
    id="reactivation_mrr",
    title=msg("Reactivation MRR"),
    definition=msg("The MRR of accounts that had been customers once, were none for a while and came back."),
    formula=msg("{reactivation}"),
    terms={"reactivation": terms.REACTIVATION},
    unit=Unit.MONEY,
    better=Better.UP,
    source=msg(
        "Our own choice: what happens to an account on one day is netted into one movement, so that a quarter"
        " is exactly the sum of its months."
    ),
    facts=RevenueFacts,
    measure=reactivation_mrr,
)
