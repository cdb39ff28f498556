"""Cross-sell MRR: expansion by products that the account did not have."""

from metrics import terms
from metrics.types import Better, Cause, Figure, Metric, RevenueFacts, Unit, msg


def cross_sell_mrr(facts: RevenueFacts) -> Figure:
    """Expansion on days whose largest rise was an added product."""
    cross_sell = facts.by_cause.get(Cause.CROSS_SELL, 0)
    return Figure(cross_sell, {"cross_sell": cross_sell})


METRIC = Metric(
    id="cross_sell_mrr",
    title=msg("Cross-sell MRR"),
    definition=msg("Expansion of customers by a product that they did not pay for before."),
    formula=msg("{cross_sell}"),
    terms={"cross_sell": terms.CROSS_SELL},
    unit=Unit.MONEY,
    better=Better.UP,
    source=msg("Our own choice: upsell and cross-sell together are exactly the expansion."),
    facts=RevenueFacts,
    measure=cross_sell_mrr,
)
