"""ARR: what the book would pay in a year if nothing changed."""

from metrics import terms
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def annual_recurring_revenue(facts: RevenueFacts) -> Figure:
    """Twelve times the closing MRR."""
    return Figure(12 * facts.closing, {"closing": facts.closing})


METRIC = Metric(
    id="arr",
    title=msg("ARR"),
    definition=msg("Annual recurring revenue: twelve times the MRR at closing. It is a pace, not a forecast."),
    formula=msg("12 × {closing}"),
    terms={"closing": terms.CLOSING},
    unit=Unit.MONEY,
    better=Better.UP,
    source=msg("Common practice among subscription businesses."),
    facts=RevenueFacts,
    measure=annual_recurring_revenue,
)
