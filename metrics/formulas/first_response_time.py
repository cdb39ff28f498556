"""First response time: how long customers wait for a first answer."""

from fractions import Fraction
from statistics import median_high, median_low

from metrics import terms_service as terms
from metrics.facts import ServiceTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def first_response_time(facts: ServiceTotals) -> Figure:
    """The median of the minutes to the first response; the 90th percentile is among the inputs.

    None where no ticket of the period has a response; the 90th percentile is then told as 0 of 0 responses.

    >>> first_response_time(ServiceTotals(known=True, response_minutes=(10, 20, 40, 600)))
    Figure(value=Fraction(30, 1), inputs={'responses': 4, 'percentile_90': 600})
    """
    minutes = facts.response_minutes
    if not minutes:
        return Figure(None, {"responses": 0, "percentile_90": 0})
    median = Fraction(median_low(minutes) + median_high(minutes), 2)
    return Figure(median, {"responses": len(minutes), "percentile_90": _percentile_90(minutes)})


def _percentile_90(ascending: tuple[int, ...]) -> int:
    """The shortest time that at least nine in ten did not exceed (nearest rank: a time that somebody really waited)."""
    rank = -(-9 * len(ascending) // 10)
    return ascending[rank - 1]


METRIC = Metric(
    id="first_response_time",
    title=msg("First response time"),
    definition=msg(
        "How long customers waited for the first response to the tickets they opened in the period: the median. Nights "
        "and weekends count unless the company has set business hours."
    ),
    formula=msg("median over {responses}; nine in ten took no longer than {percentile_90}"),
    terms={"responses": terms.RESPONSES, "percentile_90": terms.PERCENTILE_90},
    unit=Unit.MINUTES,
    better=Better.DOWN,
    source=msg(
        "Common practice; our own choice is the median, which one forgotten ticket does not move, and calendar hours "
        "where no others are set, because that is what the customer waits."
    ),
    facts=ServiceTotals,
    measure=first_response_time,
    in_business_hours=True,
)
