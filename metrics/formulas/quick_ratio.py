"""Quick ratio: MRR won for each unit of MRR lost."""

from metrics import terms
from metrics.arithmetic import ratio
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def quick_ratio(facts: RevenueFacts) -> Figure:
    """Everything won over everything lost. None where nothing was lost."""
    won = facts.new + facts.expansion + facts.reactivation
    lost = facts.contraction + facts.churn
    inputs = {
        "new": facts.new,
        "expansion": facts.expansion,
        "reactivation": facts.reactivation,
        "contraction": facts.contraction,
        "churn": facts.churn,
    }
    return Figure(ratio(won, lost), inputs)


METRIC = Metric(
    id="quick_ratio",
    title=msg("Quick ratio"),
    definition=msg(
        "New, expansion and reactivation MRR as a share of contraction and churned MRR: over 100% the book "
        "grows, and 400% is a healthy pace."
    ),
    formula=msg("({new} + {expansion} + {reactivation}) ÷ ({contraction} + {churn})"),
    terms={
        "new": terms.NEW,
        "expansion": terms.EXPANSION,
        "reactivation": terms.REACTIVATION,
        "contraction": terms.CONTRACTION,
        "churn": terms.CHURN,
    },
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg("The SaaS quick ratio of venture investors; 400% is their rule of thumb, not ours."),
    facts=RevenueFacts,
    measure=quick_ratio,
)
