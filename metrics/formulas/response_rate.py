"""Response rate: how many of the questions that reached somebody were answered."""

from metrics.arithmetic import ratio
from metrics.facts import VoiceTotals
from metrics.types import Better, Figure, Metric, Term, Unit, msg


def response_rate(facts: VoiceTotals) -> Figure:
    """Answered over delivered questions. None where nobody told us of any that were delivered.

    >>> response_rate(VoiceTotals(delivered=40, answered=12)).value
    Fraction(3, 10)
    >>> response_rate(VoiceTotals(promoters=12)).value is None
    True
    """
    delivered = facts.delivered or 0
    return Figure(ratio(facts.answered, delivered), {"answered": facts.answered, "delivered": delivered})


METRIC = Metric(
    id="response_rate",
    title=msg("Response rate"),
    definition=msg("The share of the survey questions delivered to somebody that were answered."),
    formula=msg("{answered} ÷ {delivered}"),
    terms={
        "answered": Term(msg("questions answered"), Unit.COUNT),
        "delivered": Term(msg("questions delivered"), Unit.COUNT),
    },
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg("Common practice: a question that bounced or never arrived is not counted."),
    facts=VoiceTotals,
    measure=response_rate,
)
