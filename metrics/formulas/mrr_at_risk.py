"""MRR at risk: what customers in poor health pay."""

from metrics import terms_health as terms
from metrics.facts import HealthTotals
from metrics.types import Band, Better, Figure, Metric, Unit, msg


def mrr_at_risk(facts: HealthTotals) -> Figure:
    """The MRR of the customers in the poor band, minor units. None where nobody has a score.

    >>> mrr_at_risk(HealthTotals("EUR", customers={Band.GOOD: 4, Band.POOR: 1}, mrr={Band.POOR: 90_000})).value
    90000
    """
    poor = facts.mrr.get(Band.POOR, 0)
    return Figure(poor if any(facts.customers.values()) else None, {"poor_mrr": poor})


METRIC = Metric(
    id="mrr_at_risk",
    title=msg("MRR at risk"),
    definition=msg("The MRR of the customers whose latest health score is in the poor band."),
    formula=msg("{poor_mrr}"),
    terms={"poor_mrr": terms.POOR_MRR},
    unit=Unit.MONEY,
    better=Better.DOWN,
    source=msg("Our own choice: the score sums up all signals, so each customer counts once and wholly."),
    facts=HealthTotals,
    measure=mrr_at_risk,
)
