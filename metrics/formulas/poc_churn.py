"""POC churn: the share of the points of contact that left."""

from metrics import terms_value as terms
from metrics.arithmetic import ratio
from metrics.facts import PointsFacts
from metrics.types import Better, Figure, Metric, Unit, msg


def poc_churn(facts: PointsFacts) -> Figure:
    """Points of contact that left over those at opening. None where there were none.

    >>> poc_churn(PointsFacts(opening=200, left=5)).value
    Fraction(1, 40)
    """
    return Figure(ratio(facts.left, facts.opening), {"left": facts.left, "opening": facts.opening})


METRIC = Metric(
    id="poc_churn",
    title=msg("POC churn"),
    definition=msg(
        "Of the points of contact that customers had at opening, the share that left in the period. An account whose "
        "contact is gone is the likeliest to follow."
    ),
    formula=msg("{left} ÷ {opening}"),
    terms={"left": terms.POINTS_LEFT, "opening": terms.POINTS},
    unit=Unit.RATIO,
    better=Better.DOWN,
    source=msg("Our own choice: contacts of accounts that were no customers at opening are left out."),
    facts=PointsFacts,
    measure=poc_churn,
)
