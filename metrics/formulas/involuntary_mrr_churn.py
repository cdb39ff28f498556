"""Involuntary MRR churn: MRR lost because a payment failed, as a share of opening MRR."""

from metrics import terms
from metrics.arithmetic import ratio
from metrics.types import Better, Cause, Figure, Metric, RevenueFacts, Unit, msg


def involuntary_mrr_churn(facts: RevenueFacts) -> Figure:
    """Churn by failed payment over opening MRR. None where the book was empty at opening."""
    involuntary = facts.by_cause.get(Cause.PAYMENT_FAILURE, 0)
    inputs = {"involuntary": involuntary, "opening": facts.opening}
    return Figure(ratio(involuntary, facts.opening), inputs)


METRIC = Metric(
    id="involuntary_mrr_churn",
    title=msg("Involuntary MRR churn"),
    definition=msg(
        "Churned MRR of accounts whose payment failed, as a share of MRR at opening. Nobody decided to leave:"
        " most of it can be won back."
    ),
    formula=msg("{involuntary} ÷ {opening}"),
    terms={"involuntary": terms.INVOLUNTARY, "opening": terms.OPENING},
    unit=Unit.RATIO,
    better=Better.DOWN,
    source=msg("Common practice among subscription businesses."),
    facts=RevenueFacts,
    measure=involuntary_mrr_churn,
)
