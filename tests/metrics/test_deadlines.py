"""Working time: four hours that span a night, two days that span a weekend, and clocks that change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.deadlines import Allowance, allowances_of, deadline, morning_after, working_day_after
from metrics.judging import Severity
from metrics.quiet_hours import QuietHours, quiet_hours_of

MADRID = ZoneInfo("Europe/Madrid")
QUIET = QuietHours()
HOURS = Allowance(hours=4)
DAYS = Allowance(days=2)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment of 2026 by Madrid's clocks."""
    return datetime(2026, month, day, hour, minute, tzinfo=MADRID).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "allowed", "expected"),
    [
        (at(23, 9), HOURS, at(23, 13)),
        (at(23, 18), HOURS, at(24, 10)),
        (at(23, 23), HOURS, at(24, 12)),
        (at(27, 18), HOURS, at(30, 10)),
        (at(28, 12), HOURS, at(30, 12)),
        (at(23, 9), DAYS, at(25, 9)),
        (at(26, 15), DAYS, at(30, 15)),
        (at(28, 12), DAYS, datetime(2026, 12, 2, 7, tzinfo=UTC)),
        (at(27, 19, month=3), HOURS, at(30, 11, month=3)),
        (at(23, 22, month=10), HOURS, at(26, 12, month=10)),
    ],
    ids=[
        "within a day",
        "over a night",
        "in a night",
        "over a weekend",
        "on a day off",
        "days",
        "days over a weekend",
        "days from a day off",
        "hours over the night in which summer time begins",
        "hours over the night in which it ends",
    ],
)
def test_the_moment_at_which_so_much_working_time_is_over(
    start: datetime, allowed: Allowance, expected: datetime
) -> None:
    assert deadline(start, allowed, QUIET, MADRID) == expected


@given(st.integers(0, 525_600), st.integers(1, 40), st.integers(0, 5))
def test_more_time_never_ends_sooner_and_never_in_quiet_hours(minute: int, hours: int, days: int) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    sooner = deadline(moment, Allowance(hours, days), QUIET, MADRID)
    later = deadline(moment, Allowance(hours + 1, days), QUIET, MADRID)
    assert moment <= sooner <= later
    assert QUIET.next_moment(later, MADRID) == later


def test_without_quiet_hours_an_hour_is_an_hour() -> None:
    never = quiet_hours_of("none", "none")
    assert deadline(at(28, 23), HOURS, never, MADRID) - at(28, 23) == timedelta(hours=4)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [(date(2026, 11, 23), 3, 26), (date(2026, 11, 26), 2, 30), (date(2026, 11, 28), 1, 30)],
)
def test_so_many_working_days_later(day: date, count: int, expected: int) -> None:
    assert working_day_after(day, count, QUIET).day == expected


def test_a_snooze_ends_in_a_morning_on_which_something_may_be_said() -> None:
    assert morning_after(at(23, 15), 1, QUIET, MADRID) == at(24, 8)
    assert morning_after(at(26, 15), 3, QUIET, MADRID) == at(30, 8)


def test_allowances_are_read_from_words() -> None:
    assert allowances_of("URGENT=30h, notice=5d") == {Severity.URGENT: (30, 0), Severity.NOTICE: (0, 5)}


@pytest.mark.parametrize("text", ["urgent", "urgent=4", "urgent=0h", "soon=4h", "urgent=4w", "urgent=-4h"])
def test_words_that_mean_nothing_say_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="urgent=4h warning=2d"):
        allowances_of(text)
