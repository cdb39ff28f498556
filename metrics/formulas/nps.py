"""NPS: how many would recommend the company, less how many would not."""

from metrics import terms_voice
from metrics.arithmetic import ratio
from metrics.facts import VoiceTotals
from metrics.types import Better, Figure, Metric, Term, Unit, msg


def net_promoter_score(facts: VoiceTotals) -> Figure:
    """The share of promoters less that of detractors, −100 to 100. None where nobody answered.

    >>> net_promoter_score(VoiceTotals(promoters=5, passives=3, detractors=2)).value
    Fraction(30, 1)
    """
    answers = facts.promoters + facts.passives + facts.detractors
    inputs = {
        "promoters": facts.promoters,
        "passives": facts.passives,
        "detractors": facts.detractors,
        "answers": answers,
    }
    return Figure(ratio(100 * (facts.promoters - facts.detractors), answers), inputs)


METRIC = Metric(
    id="nps",
    title=msg("NPS"),
    definition=msg(
        "Net promoter score, −100 to 100: the percentage of promoters (9 and 10) less that of detractors (0 to 6); "
        "passives (7 and 8) count 0. Of each contact the latest answer in the period."
    ),
    formula=msg("(100 × {promoters} + 0 × {passives} − 100 × {detractors}) ÷ {answers}"),
    terms={
        "promoters": Term(msg("promoters"), Unit.COUNT),
        "passives": Term(msg("passives"), Unit.COUNT),
        "detractors": Term(msg("detractors"), Unit.COUNT),
        "answers": terms_voice.ANSWERS,
    },
    unit=Unit.SCORE,
    better=Better.UP,
    source=msg("Fred Reichheld's question on a scale of 0 to 10; some ask from 1, the standard begins at 0."),
    facts=VoiceTotals,
    measure=net_promoter_score,
)
