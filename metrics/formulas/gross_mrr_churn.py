"""Gross MRR churn: all MRR that customers took away, as a share of opening MRR."""

from metrics import terms
from metrics.arithmetic import ratio
from metrics.bands import grade_churn
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def gross_mrr_churn(facts: RevenueFacts) -> Figure:
    """Churn and contraction over opening MRR. None where the book was empty at opening."""
    inputs = {"churn": facts.churn, "contraction": facts.contraction, "opening": facts.opening}
    return Figure(ratio(facts.churn + facts.contraction, facts.opening), inputs)


METRIC = Metric(
    id="gross_mrr_churn",
    title=msg("Gross MRR churn"),
    definition=msg(
        "Churned and contraction MRR as a share of MRR at opening: what was lost before any growth makes up for it."
    ),
    formula=msg("({churn} + {contraction}) ÷ {opening}"),
    terms={"churn": terms.CHURN, "contraction": terms.CONTRACTION, "opening": terms.OPENING},
    unit=Unit.RATIO,
    better=Better.DOWN,
    source=msg("Common practice among subscription businesses."),
    facts=RevenueFacts,
    measure=gross_mrr_churn,
    grade=grade_churn,
)
