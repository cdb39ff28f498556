"""Answers of surveys for cards: many in October, fewer in the months before, none in May."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from commands.core.figure_question import FiguresAnswer
from commands.core.survey_scores import Heard, SurveyScores
from metrics.surveys import scales
from tests.commands.ui.cards.figure_answers import answer

SCORES: Mapping[str, Mapping[int, int]] = {
    "nps": {0: 1, 4: 2, 6: 7, 7: 9, 8: 11, 9: 12, 10: 18},
    "csat": {1: 2, 2: 3, 3: 5, 4: 12, 5: 18},
    "ces": {2: 1, 3: 4, 4: 9, 5: 6},
}
WHOLE = {
    "nps": Heard(Fraction(100, 3), Fraction(197, 10)),
    "csat": Heard(Fraction(75), Fraction(134, 10)),
    "ces": Heard(Fraction(4), Fraction(36, 100)),
}
MONTHS = (
    Heard(Fraction(1), Fraction(2)),
    Heard(Fraction(3, 2), None),
    *(Heard(Fraction(number, 3), Fraction(1, 2)) for number in range(4, 8)),
    Heard(None, None),
    *(Heard(Fraction(number, 4), Fraction(1, 3)) for number in range(9, 13)),
)


def survey_answer(
    kind: str, given: Mapping[int, int] | None = None, months: Sequence[Heard] = MONTHS, whole: Heard | None = None
) -> FiguresAnswer:
    """What is asked of a kind of survey for October; by default with many answers."""
    found = SCORES[kind] if given is None else given
    lowest, highest = scales()[kind]
    scores = {score: found.get(score, 0) for score in range(lowest, highest + 1)}
    last = whole or WHOLE[kind]
    return replace(answer(), pictured=SurveyScores(kind, scores, last, (*months, last)))
