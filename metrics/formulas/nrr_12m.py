"""Net revenue retention of twelve months: what the customers of a year ago pay now, over what they paid then."""

from metrics import terms_value as terms
from metrics.arithmetic import ratio
from metrics.facts import TrailingFacts
from metrics.types import Better, Figure, Metric, Unit, msg


def net_revenue_retention_12m(facts: TrailingFacts) -> Figure:
    """Closing over opening MRR of the customers at the year's opening. None where the book was empty then.

    >>> from datetime import date
    >>> from metrics.types import RevenueFacts
    >>> year = RevenueFacts("EUR", date(2025, 11, 1), date(2026, 11, 1), opening=10_000, retained=10_200)
    >>> net_revenue_retention_12m(TrailingFacts(year)).value
    Fraction(51, 50)
    """
    inputs = {"retained": facts.year.retained, "opening": facts.year.opening}
    return Figure(ratio(facts.year.retained, facts.year.opening), inputs)


METRIC = Metric(
    id="nrr_12m",
    title=msg("Net revenue retention, 12 months"),
    definition=msg(
        "What the customers of twelve months ago pay at closing, as a share of what they paid then: growth "
        "included, new customers left out."
    ),
    formula=msg("{retained} ÷ {opening}"),
    terms={"retained": terms.YEAR_RETAINED, "opening": terms.YEAR_OPENING},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg(
        "Our own choice: the same accounts are compared at the two ends of the twelve months, whatever happened "
        "between."
    ),
    facts=TrailingFacts,
    measure=net_revenue_retention_12m,
)
