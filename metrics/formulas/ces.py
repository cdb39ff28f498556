"""CES: how easy customers find it to get something done."""

from metrics import terms_voice
from metrics.arithmetic import ratio
from metrics.facts import VoiceTotals
from metrics.types import Better, Figure, Metric, Term, Unit, msg


def customer_effort_score(facts: VoiceTotals) -> Figure:
    """The mean answer, 1 to 5. None where nobody answered.

    >>> customer_effort_score(VoiceTotals(ces_answers=4, ces_sum=17, ces_easy=3)).value
    Fraction(17, 4)
    """
    inputs = {"sum": facts.ces_sum, "answers": facts.ces_answers}
    return Figure(ratio(facts.ces_sum, facts.ces_answers), inputs)


METRIC = Metric(
    id="ces",
    title=msg("CES"),
    definition=msg(
        "Customer effort score, 1 to 5: the mean answer to “How easy was it?”, where 5 is very easy. "
        "Of each contact the latest answer in the period."
    ),
    formula=msg("{sum} ÷ {answers}"),
    terms={"sum": Term(msg("sum of the answers"), Unit.COUNT), "answers": terms_voice.ANSWERS},
    unit=Unit.MEAN,
    better=Better.UP,
    source=msg("Our own choice: the question asks for ease, so that higher is better here as everywhere."),
    facts=VoiceTotals,
    measure=customer_effort_score,
)
