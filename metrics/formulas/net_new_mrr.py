"""Net new MRR: by how much the period changed MRR."""

from metrics import terms
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def net_new_mrr(facts: RevenueFacts) -> Figure:
    """Closing less opening MRR, by its parts; negative when the book shrank."""
    inputs = {
        "new": facts.new,
        "expansion": facts.expansion,
        "reactivation": facts.reactivation,
        "contraction": facts.contraction,
        "churn": facts.churn,
    }
    return Figure(facts.closing - facts.opening, inputs)


METRIC = Metric(
    id="net_new_mrr",
    title=msg("Net new MRR"),
    definition=msg("What the period added to MRR, all in all; negative when more was lost than won."),
    formula=msg("{new} + {expansion} + {reactivation} − {contraction} − {churn}"),
    terms={
        "new": terms.NEW,
        "expansion": terms.EXPANSION,
        "reactivation": terms.REACTIVATION,
        "contraction": terms.CONTRACTION,
        "churn": terms.CHURN,
    },
    unit=Unit.MONEY,
    better=Better.UP,
    source=msg("Common practice among subscription businesses."),
    facts=RevenueFacts,
    measure=net_new_mrr,
)
