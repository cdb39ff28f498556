from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.clocks import Clock
from metrics.quiet_hours import QuietHours
from metrics.spreading import moments
from tests.examples import examples

MADRID, TOKYO, NEW_YORK = ZoneInfo("Europe/Madrid"), ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NEVER_QUIET = QuietHours(time(), time(), ())
ZONES = st.lists(st.sampled_from((UTC, MADRID, TOKYO, NEW_YORK, ZoneInfo("Asia/Kolkata"))), max_size=60)
QUIET = st.sampled_from((QuietHours(), NEVER_QUIET, QuietHours(time(9), time(18), (6,)), QuietHours(days_off=(0, 1))))
STARTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def clocks(*zones: tzinfo, quiet: QuietHours = QuietHours()) -> list[Clock]:  # noqa: B008 - cannot be changed
    return [Clock(zone, quiet) for zone in zones]


def test_they_come_one_after_the_other():
    assert moments([Clock(UTC, NEVER_QUIET)] * 3, MONDAY, 60) == [
        MONDAY + timedelta(minutes=number) for number in range(3)
    ]


def test_where_it_is_night_they_wait_for_the_morning_and_keep_nobody_else_waiting():
    found = moments(clocks(TOKYO, MADRID, NEW_YORK, MADRID), MONDAY.replace(hour=11), 60)
    assert [one.astimezone(UTC).strftime("%a %H:%M") for one in found] == [
        "Mon 23:00",  # eight in the morning of Tuesday
        "Mon 11:30",
        "Mon 13:00",
        "Mon 11:31",
    ]


def test_a_large_survey_goes_on_the_next_day():
    found = moments(clocks(MADRID) * 8000, MONDAY, 600)
    assert found[-1].astimezone(MADRID).strftime("%a %H:%M") == "Tue 11:49"


def test_a_weekend_is_nobodys_working_day():
    friday_evening = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)
    assert moments(clocks(MADRID), friday_evening, 1) == [datetime(2026, 11, 30, 7, 0, tzinfo=UTC)]


def test_a_holiday_of_one_country_keeps_nobody_else_waiting():
    holiday = Clock(MADRID, QuietHours(), frozenset({date(2026, 11, 23)}))
    found = moments([holiday, *clocks(MADRID)], MONDAY, 60)
    assert [one.strftime("%a %H:%M") for one in found] == ["Tue 07:00", "Mon 09:30"]


def test_nobody_is_told_at_no_moment():
    assert moments([], MONDAY, 1) == []


@settings(max_examples=examples(60))
@given(ZONES, STARTS, st.integers(1, 3600), QUIET)
def test_nobody_is_told_too_early_at_night_or_too_fast(zones, start, an_hour, quiet):
    found = moments(clocks(*zones, quiet=quiet), start, an_hour)
    assert len(found) == len(zones)
    for moment, zone in zip(found, zones, strict=True):
        assert moment >= start
        assert quiet.next_moment(moment, zone) == moment, "not in their night"
    in_order = sorted(found)
    for first, last in zip(in_order, in_order[an_hour:], strict=False):
        assert last - first >= timedelta(hours=1)


@settings(max_examples=examples(60))
@given(ZONES, STARTS, st.integers(1, 3600), QUIET)
def test_within_a_zone_the_order_is_kept(zones, start, an_hour, quiet):
    found = moments(clocks(*zones, quiet=quiet), start, an_hour)
    for zone in set(zones):
        there = [moment for moment, its in zip(found, zones, strict=True) if its is zone]
        assert there == sorted(there)
