"""CSAT: how many of those who were asked are satisfied."""

from metrics import terms_voice
from metrics.arithmetic import ratio
from metrics.facts import VoiceTotals
from metrics.types import Better, Figure, Metric, Term, Unit, msg


def customer_satisfaction(facts: VoiceTotals) -> Figure:
    """Answers of 4 and 5 for each hundred answers, 0 to 100. None where nobody answered.

    >>> customer_satisfaction(VoiceTotals(csat_answers=8, csat_good=7)).value
    Fraction(175, 2)
    """
    inputs = {"good": facts.csat_good, "answers": facts.csat_answers}
    return Figure(ratio(100 * facts.csat_good, facts.csat_answers), inputs)


METRIC = Metric(
    id="csat",
    title=msg("CSAT"),
    definition=msg(
        "Customer satisfaction, 0 to 100: the percentage of answers that are 4 or 5 on a scale of 1 to 5. "
        "Of each contact the latest answer in the period."
    ),
    formula=msg("{good} ÷ {answers} × 100"),
    terms={"good": Term(msg("answers of 4 and 5"), Unit.COUNT), "answers": terms_voice.ANSWERS},
    unit=Unit.SCORE,
    better=Better.UP,
    source=msg("Common practice: the two best answers of five count as satisfied, a 3 is neutral."),
    facts=VoiceTotals,
    measure=customer_satisfaction,
)
