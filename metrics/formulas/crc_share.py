"""CRC share: what keeping customers cost, over what they pay."""

from metrics import terms, terms_value
from metrics.arithmetic import ratio
from metrics.facts import ValueFacts
from metrics.types import Better, Figure, Metric, Unit, msg


def retention_cost_share(facts: ValueFacts) -> Figure:
    """Costs of the period over opening MRR. None where no costs are known, or the book was empty at opening.

    >>> from datetime import date
    >>> from metrics.types import RevenueFacts
    >>> october = RevenueFacts("EUR", date(2026, 10, 1), date(2026, 11, 1), opening=100_000)
    >>> retention_cost_share(ValueFacts(october, costs=12_000)).value
    Fraction(3, 25)
    """
    inputs = {"costs": facts.costs or 0, "opening": facts.revenue.opening}
    return Figure(None if facts.costs is None else ratio(facts.costs, facts.revenue.opening), inputs)


METRIC = Metric(
    id="crc_share",
    title=msg("CRC share of MRR"),
    definition=msg("What the company spent in the period on keeping its customers, as a share of MRR at opening."),
    formula=msg("{costs} ÷ {opening}"),
    terms={"costs": terms_value.COSTS, "opening": terms.OPENING},
    unit=Unit.RATIO,
    better=Better.DOWN,
    source=msg("Common practice in customer success."),
    facts=ValueFacts,
    measure=retention_cost_share,
)
