"""Opening MRR: what the book paid a month on the eve of the period."""

from metrics import terms
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def opening_mrr(facts: RevenueFacts) -> Figure:
    """The MRR at the end of the day before the period; an empty book has 0."""
    return Figure(facts.opening, {"opening": facts.opening})


METRIC = Metric(
    id="opening_mrr",
    title=msg("MRR at opening"),
    definition=msg("The monthly recurring revenue at the end of the day before the period."),
    formula=msg("{opening}"),
    terms={"opening": terms.OPENING},
    unit=Unit.MONEY,
    better=Better.NEITHER,
    source=msg(
        "Our own choice: one exchange rate for the whole report, so that exchange rates never look like "
        "growth or churn."
    ),
    facts=RevenueFacts,
    measure=opening_mrr,
)
