"""The largest leap of a score within a day."""

from datetime import date, timedelta

import pytest

from commands.ui.cards.health_chart import largest_leap
from metrics.types import DayScore

FIRST = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("scores", "day", "label"),
    [
        ((72, 64, 66), 2, "▼ 8"),
        ((64, 72, 70), 2, "▲ 8"),
        ((72, 64, 72), 3, "▲ 8"),
        ((72, 70, 68), None, None),
        ((72, None, 20), None, None),
        ((), None, None),
    ],
    ids=["fall", "rise", "the later of two", "little by little", "unknown between", "nothing"],
)
def test_the_largest_change_from_one_day_to_the_next(
    scores: tuple[int | None, ...], day: int | None, label: str | None
) -> None:
    history = [DayScore(FIRST + timedelta(days=number), score) for number, score in enumerate(scores)]
    leap = largest_leap(history)
    assert (leap and leap.day.day, leap and leap.label) == (day, label)


def test_over_days_that_were_not_kept_there_is_no_leap() -> None:
    assert largest_leap([DayScore(FIRST, 72), DayScore(FIRST + timedelta(days=2), 20)]) is None
