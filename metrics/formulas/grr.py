"""Gross revenue retention: the part of the opening book's MRR that was not lost."""

from metrics import terms
from metrics.arithmetic import ratio
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def gross_revenue_retention(facts: RevenueFacts) -> Figure:
    """The sum of min(opening, closing) over opening MRR: never more than 1, never more than NRR.

    None where the book was empty at opening.

    >>> from datetime import date
    >>> facts = RevenueFacts("EUR", date(2026, 10, 1), date(2026, 11, 1), opening=10_000, kept=9_700)
    >>> gross_revenue_retention(facts).value
    Fraction(97, 100)
    """
    inputs = {"kept": facts.kept, "opening": facts.opening}
    return Figure(ratio(facts.kept, facts.opening), inputs)


METRIC = Metric(
    id="grr",
    title=msg("Gross revenue retention"),
    definition=msg(
        "What the customers at opening still pay at closing, each counted with at most what it paid at "
        "opening: losses only, no growth makes up for them."
    ),
    formula=msg("{kept} ÷ {opening}"),
    terms={"kept": terms.KEPT, "opening": terms.OPENING},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg(
        "Our own choice: the same accounts are compared at the two ends of the period, whatever happened between."
    ),
    facts=RevenueFacts,
    measure=gross_revenue_retention,
)
