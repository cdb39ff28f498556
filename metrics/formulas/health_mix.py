"""Health mix: the share of customers in good health."""

from metrics import terms_health as terms
from metrics.arithmetic import ratio
from metrics.facts import HealthTotals
from metrics.types import Band, Better, Figure, Metric, Unit, msg


def health_mix(facts: HealthTotals) -> Figure:
    """Customers in the good band over those with a score. None where nobody has one.

    >>> health_mix(HealthTotals("EUR", customers={Band.GOOD: 6, Band.AVERAGE: 3, Band.POOR: 1})).value
    Fraction(3, 5)
    """
    inputs = {band.value: facts.customers.get(band, 0) for band in Band}
    return Figure(ratio(inputs["good"], sum(inputs.values())), inputs)


METRIC = Metric(
    id="health_mix",
    title=msg("Customers in good health"),
    definition=msg(
        "Customers whose latest health score is in the good band, as a share of the customers that have a score. "
        "Scores more than a week old do not count."
    ),
    formula=msg("{good} ÷ ({good} + {average} + {poor})"),
    terms={"good": terms.GOOD, "average": terms.AVERAGE, "poor": terms.POOR},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg("Our own choice: customers without a score are left out, because nothing is known of their health."),
    facts=HealthTotals,
    measure=health_mix,
)
