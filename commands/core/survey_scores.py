"""What the picture of a survey is drawn from: the scores of the period, and the figure with its margin by month."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from commands.core.asked import months_to
from commands.core.survey_breakdowns import margin_of, of_kind
from metrics.formulas import all_metrics
from metrics.margins import FEW
from metrics.surveys import scales
from storage.queries.answers import Scores, scores_by_period, scores_given, totals_of
from storage.queries.totals import Scope
from storage.session import Session


class Heard(NamedTuple):
    """The figure of some answers."""

    value: int | Fraction | None
    """None: nobody answered."""
    margin: Fraction | None
    """The 95 % margin on either side; None: too few answers, or all alike."""


@dataclass(frozen=True, slots=True)
class SurveyScores:
    """Of one kind of survey."""

    kind: str
    scores: Mapping[int, int]
    """How often each score of the scale was given in the period."""
    whole: Heard
    """Of the period."""
    by_month: tuple[Heard, ...]
    """Of the twelve months up to the period's last day."""

    @property
    def answers(self) -> int:
        """How many answers count in the period."""
        return sum(self.scores.values())


def scores_of(kind: str) -> Callable[[Session, Scope], SurveyScores]:
    """How the scores of a kind of survey are read."""

    def load(db: Session, scope: Scope) -> SurveyScores:
        given = scores_given(db, scope.period, zone=scope.zone, book=scope.book)
        months = scores_by_period(db, months_to(scope.period), zone=scope.zone, book=scope.book)
        lowest, highest = scales()[kind]
        return SurveyScores(
            kind,
            {score: given.get((kind, score), 0) for score in range(lowest, highest + 1)},
            _heard(kind, given),
            tuple(_heard(kind, scores) for scores in months),
        )

    return load


def _heard(kind: str, scores: Scores) -> Heard:
    value = all_metrics()[kind].measure(totals_of(scores)).value
    enough = sum(of_kind(scores, kind).values()) >= FEW
    return Heard(value, margin_of(kind, scores) if enough else None)
