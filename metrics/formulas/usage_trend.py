"""Usage trend: use in 28 days against the 28 days before."""

from fractions import Fraction

from metrics import terms_product as terms
from metrics.facts import ProductTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def usage_trend(facts: ProductTotals) -> Figure:
    """Use now ÷ use before − 1. None where there was no use before.

    >>> usage_trend(ProductTotals(use_now=90, use_before=120)).value
    Fraction(-1, 4)
    """
    inputs = {"use_now": facts.use_now, "use_before": facts.use_before}
    return Figure(Fraction(facts.use_now, facts.use_before) - 1 if facts.use_before else None, inputs)


METRIC = Metric(
    id="usage_trend",
    title=msg("Usage trend"),
    definition=msg(
        "How much more or less the product was used in 28 days than in the 28 days before: sessions, or the days on"
        " which accounts were active where sessions are not counted."
    ),
    formula=msg("{use_now} ÷ {use_before} − 1"),
    terms={"use_now": terms.USE_NOW, "use_before": terms.USE_BEFORE},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg("Our own choice: 28 days against 28 days compare the same weekdays, which months do not."),
    facts=ProductTotals,
    measure=usage_trend,
)
