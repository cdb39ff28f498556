"""What a digest has told, kept as plain JSON until the next one, and what late data has made of it since."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final, NamedTuple

from metrics.facts import VoiceTotals
from metrics.formulas import all_metrics
from metrics.periods import Period, PeriodKind
from metrics.types import RevenueFacts

_FIGURES: Final = ("mrr", "mrr_churn", "churned_mrr", "new_mrr", "lost_customers")


class Told(NamedTuple):
    """The figures of one stretch of days as they were at one time."""

    period: Period
    basis: str
    """The book, the currency and the rules they were computed by: figures of another basis are not comparable."""
    figures: Mapping[str, Fraction | None]
    nps: Fraction | None
    answers: int


class Restated(NamedTuple):
    """Figures that were told, and what they are by now."""

    was: Told
    now: Told

    @property
    def lost_late(self) -> int:
        """Cancellations that came in after they were told; negative: so many were taken back."""
        return int((self.now.figures["lost_customers"] or 0) - (self.was.figures["lost_customers"] or 0))

    @property
    def answers_late(self) -> int:
        """Answers to the NPS question that came in after it was told."""
        return self.now.answers - self.was.answers


def told(period: Period, basis: str, revenue: RevenueFacts, voice: VoiceTotals) -> Told:
    """The figures that a digest of these facts tells."""
    metrics = all_metrics()
    values = {name: metrics[name].measure(revenue).value for name in _FIGURES}
    figures = {name: None if value is None else Fraction(value) for name, value in values.items()}
    nps = metrics["nps"].measure(voice).value
    answers = voice.promoters + voice.passives + voice.detractors
    return Told(period, basis, figures, None if nps is None else Fraction(nps), answers)


def as_json(one: Told) -> dict[str, Any]:
    """The figures as JSON."""
    period = one.period
    return {
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "kind": period.kind.value,
        "basis": one.basis,
        "figures": {name: None if value is None else str(value) for name, value in one.figures.items()},
        "nps": None if one.nps is None else str(one.nps),
        "answers": one.answers,
    }


def from_json(kept: Mapping[str, Any]) -> Told | None:
    """The figures that were kept; None for what another version has kept."""
    try:
        period = Period(date.fromisoformat(kept["start"]), date.fromisoformat(kept["end"]), PeriodKind(kept["kind"]))
        figures = {name: _fraction(kept["figures"][name]) for name in _FIGURES}
        return Told(period, str(kept["basis"]), figures, _fraction(kept["nps"]), int(kept["answers"]))
    except (KeyError, TypeError, ValueError):
        return None


def restated(was: Told, now: Told) -> Restated | None:
    """The figures then and now; None where they are the same, or where they are computed in another way by now."""
    same = (was.figures, was.nps, was.answers) == (now.figures, now.nps, now.answers)
    return None if same or was.basis != now.basis or was.period != now.period else Restated(was, now)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
