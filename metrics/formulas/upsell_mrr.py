"""Upsell MRR: expansion within products that the account had already."""

from metrics import terms
from metrics.types import Better, Cause, Figure, Metric, RevenueFacts, Unit, msg


def upsell_mrr(facts: RevenueFacts) -> Figure:
    """Expansion without cross-sell.

    The rare change in several currencies on one day cannot be told by cause; where it grew the account it
    counts here.
    """
    cross_sell = facts.by_cause.get(Cause.CROSS_SELL, 0)
    return Figure(facts.expansion - cross_sell, {"expansion": facts.expansion, "cross_sell": cross_sell})


METRIC = Metric(
    id="upsell_mrr",
    title=msg("Upsell MRR"),
    definition=msg(
        "Expansion by a higher plan, more seats or a higher price: all expansion that is not an added product."
    ),
    formula=msg("{expansion} − {cross_sell}"),
    terms={"expansion": terms.EXPANSION, "cross_sell": terms.CROSS_SELL},
    unit=Unit.MONEY,
    better=Better.UP,
    source=msg("Our own choice: upsell and cross-sell together are exactly the expansion."),
    facts=RevenueFacts,
    measure=upsell_mrr,
)
