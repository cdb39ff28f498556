"""Net revenue retention: what the opening book's customers pay at closing, over what they paid then."""

from metrics import terms
from metrics.arithmetic import ratio
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def net_revenue_retention(facts: RevenueFacts) -> Figure:
    """Closing over opening MRR of the customers at opening. None where the book was empty at opening.

    >>> from datetime import date
    >>> facts = RevenueFacts("EUR", date(2026, 10, 1), date(2026, 11, 1), opening=10_000, retained=10_200)
    >>> net_revenue_retention(facts).value
    Fraction(51, 50)
    """
    inputs = {"retained": facts.retained, "opening": facts.opening}
    return Figure(ratio(facts.retained, facts.opening), inputs)


METRIC = Metric(
    id="nrr",
    title=msg("Net revenue retention"),
    definition=msg(
        "What the customers at opening pay at closing, as a share of what they paid at opening: growth "
        "included, new customers left out."
    ),
    formula=msg("{retained} ÷ {opening}"),
    terms={"retained": terms.RETAINED, "opening": terms.OPENING},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg(
        "Our own choice: the same accounts are compared at the two ends of the period, whatever happened between."
    ),
    facts=RevenueFacts,
    measure=net_revenue_retention,
)
