"""The picture on the card of /health: the score's history with what happened and its largest leap."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from commands.core.health_question import CHANGE_DAYS, HISTORY_DAYS, HealthAnswer
from commands.core.reply import Chart
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.cards.words import BANDS, short
from metrics.score_history import TOLD_FROM
from metrics.types import DayScore, Sentence, Value, plural

_DAY = timedelta(days=1)


class Leap(NamedTuple):
    """A change of the score from one day to the next."""

    day: date
    before: int
    after: int

    @property
    def label(self) -> str:
        """▼ 8; scores have no more digits than any language writes alike."""
        return f"{'▲' if self.after > self.before else '▼'} {abs(self.after - self.before)}"


def largest_leap(history: Sequence[DayScore]) -> Leap | None:
    """The largest change within a day, the latest of several; None where none is worth telling."""
    leaps = [
        Leap(day.day, before.score, day.score)
        for before, day in pairwise(history)
        if before.score is not None and day.score is not None and day.day - before.day == _DAY
    ]
    found = max(leaps, key=lambda leap: (abs(leap.after - leap.before), leap.day), default=None)
    return None if found is None or abs(found.after - found.before) < TOLD_FROM else found


def _caption(leap: Leap | None, t: Translator) -> Sentence:
    if leap is None:
        return Sentence("Health score, {days} days", {"days": HISTORY_DAYS})
    values: dict[str, Value] = {
        "days": HISTORY_DAYS,
        "change": leap.label,
        "day": formats.day_short(leap.day, t.locale),
    }
    return Sentence("Health score, {days} days; most in one day: {change} on {day}", values)


def history_chart(answer: HealthAnswer, t: Translator) -> Chart | None:
    """The score's history with events; None where there are not two days to draw a line between."""
    known = [point for point in answer.history if point.score is not None]
    if len(known) < 2 or answer.health.score is None:
        return None
    title = _finding(answer, t)
    scores = [point.score for point in known if point.score is not None]
    alt = plural(
        "{finding}. In {days} days between {low} and {high}, with {count} event.",
        "{finding}. In {days} days between {low} and {high}, with {count} events.",
        len(answer.events),
        finding=title,
        days=HISTORY_DAYS,
        low=min(scores),
        high=max(scores),
    )
    leap = largest_leap(answer.history)
    labels = {band.value: t(name) for band, name in BANDS.items()}
    data = {
        "labels": {"caption": t(_caption(leap, t)), **labels},
        "days": [point.day.isoformat() for point in answer.history],
        "scores": [point.score for point in answer.history],
        "good_from": answer.policy.good_from,
        "average_from": answer.policy.average_from,
        "events": [{"day": one.day.isoformat(), "label": t(one.label), "kind": one.kind} for one in answer.events],
        "leap": leap and {"day": leap.day.isoformat(), "before": leap.before, "after": leap.after, "label": leap.label},
        "locale": t.locale,
    }
    return Chart("health_history", title, t(alt), data)


def _finding(answer: HealthAnswer, t: Translator) -> str:
    values: dict[str, Value] = {
        "account": short(answer.account.name),
        "score": answer.health.score,
        "points": None if answer.change is None else abs(answer.change),
        "days": CHANGE_DAYS,
    }
    if not answer.change:
        return t(Sentence("{account} stands at {score}", values))
    if answer.change > 0:
        return t(Sentence("{account} is up {points} to {score} in {days} days", values))
    return t(Sentence("{account} is down {points} to {score} in {days} days", values))
