"""Net MRR churn: MRR lost less MRR that customers added, as a share of opening MRR."""

from metrics import terms
from metrics.arithmetic import ratio
from metrics.bands import grade_churn
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def net_mrr_churn(facts: RevenueFacts) -> Figure:
    """Losses less growth of present and former customers, over opening MRR; negative is good.

    None where the book was empty at opening.
    """
    lost = facts.churn + facts.contraction
    grown = facts.expansion + facts.reactivation
    inputs = {
        "churn": facts.churn,
        "contraction": facts.contraction,
        "expansion": facts.expansion,
        "reactivation": facts.reactivation,
        "opening": facts.opening,
    }
    return Figure(ratio(lost - grown, facts.opening), inputs)


METRIC = Metric(
    id="net_mrr_churn",
    title=msg("Net MRR churn"),
    definition=msg(
        "Churned and contraction MRR less expansion and reactivation MRR, as a share of MRR at opening. "
        "Negative is good: customers grew by more than was lost."
    ),
    formula=msg("({churn} + {contraction} − {expansion} − {reactivation}) ÷ {opening}"),
    terms={
        "churn": terms.CHURN,
        "contraction": terms.CONTRACTION,
        "expansion": terms.EXPANSION,
        "reactivation": terms.REACTIVATION,
        "opening": terms.OPENING,
    },
    unit=Unit.RATIO,
    better=Better.DOWN,
    source=msg("Common practice; our own choice is that reactivation counts as growth of former customers."),
    facts=RevenueFacts,
    measure=net_mrr_churn,
    grade=grade_churn,
)
