"""Average health: the mean score of the customers that have one."""

from metrics import terms_health as terms
from metrics.arithmetic import ratio
from metrics.facts import HealthTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def average_health(facts: HealthTotals) -> Figure:
    """The sum of the scores over how many there are, 1 to 100. None where nobody has one.

    >>> from metrics.types import Band
    >>> average_health(HealthTotals("EUR", customers={Band.GOOD: 1, Band.POOR: 1}, scores=111)).value
    Fraction(111, 2)
    """
    scored = sum(facts.customers.values())
    return Figure(ratio(facts.scores, scored), {"scores": facts.scores, "scored": scored})


METRIC = Metric(
    id="average_health",
    title=msg("Average health"),
    definition=msg("The mean of the customers' latest health scores, each customer counting the same; 1 to 100."),
    formula=msg("{scores} ÷ {scored}"),
    terms={"scores": terms.SCORES, "scored": terms.SCORED},
    unit=Unit.SCORE,
    better=Better.UP,
    source=msg("Our own choice: by customer and not by MRR, so that a few large accounts cannot hide many small ones."),
    facts=HealthTotals,
    measure=average_health,
)
