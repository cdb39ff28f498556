"""A wave as its live card shows it: how far it is, and what was answered so far."""

from fractions import Fraction
from typing import NamedTuple

from commands.core.survey_audience import named
from metrics.asking import SMALL_GROUP
from metrics.formulas import all_metrics
from metrics.types import Sentence
from storage.queries.answers import totals_of
from storage.queries.survey_asks import Progress, progress
from storage.queries.survey_results import Given, given_in
from storage.queries.survey_waves import UNDER_WAY, Wave, wave
from storage.session import Session


class Seen(NamedTuple):
    """One wave."""

    wave: Wave
    to: Sentence
    """Whom it is for."""
    progress: Progress
    given: Given

    @property
    def all_questions(self) -> int:
        """Questions that were sent or are to be."""
        counts = self.progress
        return counts.asked + counts.queued

    @property
    def rate(self) -> Fraction | None:
        """The response rate so far; None as long as nobody was reached."""
        return Fraction(self.progress.answered, self.progress.asked) if self.progress.asked else None

    @property
    def hidden(self) -> bool:
        """It is anonymous, and a figure could tell who said what: of few answers, or of one more than a moment ago."""
        few = self.given.answers < SMALL_GROUP
        return self.wave.anonymous and (few or self.wave.state in UNDER_WAY)

    @property
    def value(self) -> int | Fraction | None:
        """The figure of the answers so far; None where there is none, or it may not be shown."""
        metric = all_metrics().get(self.wave.kind)
        if metric is None or self.hidden or not self.given.scores:
            return None
        scores = {(self.wave.kind, score): count for score, count in self.given.scores.items()}
        return metric.measure(totals_of(scores)).value


def seen(db: Session, wave_id: int) -> Seen | None:
    """A wave as it is at this moment; None if there is none of that id."""
    found = wave(db, wave_id)
    return None if found is None else seen_of(db, found)


def seen_of(db: Session, one: Wave) -> Seen:
    """A wave that is known already."""
    return Seen(one, named(db, one.audience), progress(db, one.id), given_in(db, one.id))
