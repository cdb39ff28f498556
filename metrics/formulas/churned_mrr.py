"""Churned MRR: what left with the accounts that stopped being customers."""

from metrics import terms
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def churned_mrr(facts: RevenueFacts) -> Figure:
    """The MRR of accounts on the day they stopped being customers, as a positive amount."""
    return Figure(facts.churn, {"churn": facts.churn})


METRIC = Metric(
    id="churned_mrr",
    title=msg("Churned MRR"),
    definition=msg("The MRR of accounts that stopped paying altogether, as a positive amount."),
    formula=msg("{churn}"),
    terms={"churn": terms.CHURN},
    unit=Unit.MONEY,
    better=Better.DOWN,
    source=msg(
        "Our own choice: what happens to an account on one day is netted into one movement, so that a quarter"
        " is exactly the sum of its months."
    ),
    facts=RevenueFacts,
    measure=churned_mrr,
)
