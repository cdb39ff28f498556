from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.quiet_hours import QuietHours, quiet_hours_of

MADRID = ZoneInfo("Europe/Madrid")
USUAL = QuietHours()
ZONES = ("UTC", "Europe/Madrid", "America/New_York", "Asia/Kolkata", "Pacific/Apia")
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
QUIET = st.builds(
    QuietHours, CLOCKS, CLOCKS, st.sets(st.integers(0, 6), max_size=6).map(lambda days: tuple(sorted(days)))
)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1))  # noqa: DTZ001 - given a zone below


def madrid(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=MADRID)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (madrid(23, 12), madrid(23, 12)),
        (madrid(23, 8), madrid(23, 8)),
        (madrid(23, 7, 59), madrid(23, 8)),
        (madrid(23, 20), madrid(24, 8)),
        (madrid(27, 19, 59), madrid(27, 19, 59)),
        (madrid(27, 20), madrid(30, 8)),
        (madrid(28, 12), madrid(30, 8)),
        (madrid(30, 0), madrid(30, 8)),
    ],
    ids=["monday noon", "as it ends", "before it ends", "evening", "friday", "friday night", "saturday", "monday 0:00"],
)
def test_nothing_is_said_at_night_or_on_a_day_off(now, then):
    assert USUAL.next_moment(now, MADRID) == then


def test_quiet_hours_may_lie_within_a_day():
    siesta = QuietHours(time(14), time(16, 30), ())
    assert siesta.next_moment(madrid(23, 15), MADRID) == madrid(23, 16, 30)
    assert siesta.next_moment(madrid(23, 3), MADRID) == madrid(23, 3)


def test_without_quiet_hours_only_days_off_are_quiet():
    quiet = quiet_hours_of("none", "sun")
    assert quiet.next_moment(madrid(23, 3), MADRID) == madrid(23, 3)
    assert quiet.next_moment(madrid(29, 3), MADRID) == madrid(30, 0)


def test_quiet_that_would_end_in_the_hour_that_summer_time_leaves_out_ends_after_it():
    quiet = QuietHours(time(20), time(2, 30), ())
    assert quiet.next_moment(madrid(29, 1, month=3), MADRID) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_quiet_ends_a_second_time_where_the_hour_is_there_twice():
    quiet = QuietHours(time(20), time(2, 30), ())
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert quiet.next_moment(madrid(25, 1, month=10), MADRID) == first
    assert quiet.next_moment(datetime(2026, 10, 25, 1, 10, tzinfo=UTC), MADRID) == second


@given(QUIET, MOMENTS, st.sampled_from(ZONES))
def test_the_next_moment_is_not_quiet_and_everything_before_it_is(quiet, moment, zone_name):
    zone, now = ZoneInfo(zone_name), moment.replace(tzinfo=UTC)
    then = quiet.next_moment(now, zone)
    assert now <= then <= now + timedelta(days=8)
    assert quiet.next_moment(then, zone) == then
    before = then - timedelta(minutes=1)
    assert before < now or quiet.next_moment(before, zone) >= then


@pytest.mark.parametrize(
    ("hours", "days", "quiet"),
    [
        ("20:00-08:00", "sat,sun", USUAL),
        (" 22:30 - 7:00 ", "FRI-sat", QuietHours(time(22, 30), time(7), (4, 5))),
        ("20:00-24:00", "sat-mon", QuietHours(time(20), time(0), (0, 5, 6))),
        ("None", "none", QuietHours(time(0), time(0), ())),
    ],
)
def test_quiet_hours_are_read(hours, days, quiet):
    assert quiet_hours_of(hours, days) == quiet


@pytest.mark.parametrize("hours", ["", "20-8", "25:00-08:00", "20:61-08:00", "24:00-00:00", "08:00-08:00", "evenings"])
def test_hours_that_mean_nothing_are_refused(hours):
    with pytest.raises(ValueError, match="expected the hours of the night such as 20:00-08:00, or none"):
        quiet_hours_of(hours, "none")


@pytest.mark.parametrize("days", ["", "6", "sat,", "weekend", "sat-", "mon-sun", "sat-sun-mon"])
def test_days_that_mean_nothing_or_all_seven_are_refused(days):
    with pytest.raises(ValueError, match="expected names of days such as sat,sun"):
        quiet_hours_of("none", days)
