"""Gross revenue retention of twelve months: the part of last year's MRR that was not lost."""

from metrics import terms_value as terms
from metrics.arithmetic import ratio
from metrics.facts import TrailingFacts
from metrics.types import Better, Figure, Metric, Unit, msg


def gross_revenue_retention_12m(facts: TrailingFacts) -> Figure:
    """The sum of min(opening, closing) over the year's opening MRR: never more than 1, never more than NRR.

    None where the book was empty a year ago.

    >>> from datetime import date
    >>> from metrics.types import RevenueFacts
    >>> year = RevenueFacts("EUR", date(2025, 11, 1), date(2026, 11, 1), opening=10_000, kept=9_700)
    >>> gross_revenue_retention_12m(TrailingFacts(year)).value
    Fraction(97, 100)
    """
    inputs = {"kept": facts.year.kept, "opening": facts.year.opening}
    return Figure(ratio(facts.year.kept, facts.year.opening), inputs)


METRIC = Metric(
    id="grr_12m",
    title=msg("Gross revenue retention, 12 months"),
    definition=msg(
        "What the customers of twelve months ago still pay at closing, each counted with at most what it paid then: "
        "losses only, no growth makes up for them."
    ),
    formula=msg("{kept} ÷ {opening}"),
    terms={"kept": terms.YEAR_KEPT, "opening": terms.YEAR_OPENING},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg(
        "Our own choice: the same accounts are compared at the two ends of the twelve months, whatever happened "
        "between."
    ),
    facts=TrailingFacts,
    measure=gross_revenue_retention_12m,
)
