"""Business hours are counted as the clock on the wall shows them, weekends and changes of the clocks included."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from metrics.business_hours import DAYS, BusinessClock, BusinessHours, Rule, parse
from tests.examples import examples

OFFICE = "mon-fri 09:00-18:00"
MADRID = ZoneInfo("Europe/Madrid")
ZONES = ("UTC", "Europe/Madrid", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia")
SPRING, AUTUMN = datetime(2026, 3, 29, tzinfo=MADRID), datetime(2026, 10, 25, tzinfo=MADRID)


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def minutes(hours: str, start: datetime, end: datetime, zone: ZoneInfo = MADRID) -> int:
    return BusinessClock(parse(hours), zone).minutes(seconds(start), seconds(end))


def madrid(day: int, hour: int, minute: int = 0, second: int = 0, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=MADRID)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (OFFICE, OFFICE),
        (" Monday-FRIDAY  9:00 - 18:00 ", OFFICE),
        ("mon-thu 09:00-18:00,fri 09:00-15:00", "mon-thu 09:00-18:00, fri 09:00-15:00"),
        ("sat 22:30-02:00", "sat 22:30-02:00"),
        ("mon-sun 00:00-24:00", "mon-sun 00:00-24:00"),
    ],
)
def test_hours_are_read_and_written(text, told):
    assert str(parse(text)) == told
    assert parse(told) == parse(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "mon-fri 09:00-18:00"),
        ("9-18", "'9-18'"),
        ("mon-fri", "'mon-fri'"),
        ("lun-vie 09:00-18:00", "'lun'"),
        ("1-5 09:00-18:00", "'1-5 09:00-18:00'"),
        ("mon 09:00-25:00", "25:00"),
        ("mon 09:70-12:00", "9:70"),
        ("mon 24:01-12:00", "24:01"),
        ("mon 09:00-09:00", "no time at all"),
        ("mon 24:00-08:00", "no time at all"),
        ("mon-fri 09:00-18:00,", "''"),
    ],
)
def test_what_says_no_hours_is_refused_with_what_was_expected(text, named):
    with pytest.raises(ValueError, match="expected") as caught:
        parse(text)
    assert named in str(caught.value)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(madrid(5, 10), madrid(5, 10, 45), 45, id="within a day"),
        pytest.param(madrid(5, 17, 30), madrid(6, 9, 30), 60, id="over night"),
        pytest.param(madrid(2, 17), madrid(5, 10), 120, id="over the weekend"),
        pytest.param(madrid(3, 12), madrid(4, 12), 0, id="on the weekend"),
        pytest.param(madrid(5, 3), madrid(5, 21), 540, id="from before to after"),
        pytest.param(madrid(5, 17, 59, 30), madrid(6, 9, 0, 29), 0, id="59 seconds are no minute"),
        pytest.param(madrid(5, 17, 59, 30), madrid(6, 9, 0, 30), 1, id="seconds of two days make one"),
        pytest.param(madrid(5, 18), madrid(6, 9), 0, id="from the end to the beginning"),
        pytest.param(madrid(23, 17), madrid(26, 10), 120, id="over the change to winter time"),
        pytest.param(madrid(5, 9), madrid(5, 9) + timedelta(days=364), 52 * 5 * 540, id="52 weeks"),
    ],
)
def test_an_office_is_open_on_working_days(start, end, expected):
    assert minutes(OFFICE, start, end) == expected


def test_an_hour_that_is_left_out_counts_nothing_and_one_that_is_repeated_twice():
    night = "sun 00:00-06:00"
    assert minutes(night, SPRING, SPRING + timedelta(hours=20)) == 5 * 60
    assert minutes(night, AUTUMN, AUTUMN + timedelta(hours=20)) == 7 * 60
    repeated = "sun 02:00-02:30"
    assert minutes(repeated, SPRING, SPRING + timedelta(hours=20)) == 0
    assert minutes(repeated, AUTUMN, AUTUMN + timedelta(hours=20)) == 60


def test_hours_last_into_the_next_day_and_the_next_week():
    assert minutes("sun 22:00-06:00", madrid(5, 0), madrid(5, 12)) == 6 * 60
    monday_to_sunday = 60 + 120 + 120 + 120 + 60
    assert minutes("fri-mon 23:00-01:00", madrid(5, 0), madrid(12, 0)) == monday_to_sunday


def test_what_two_rules_say_counts_once():
    assert minutes("mon 09:00-12:00, mon-tue 11:00-13:00", madrid(5, 0), madrid(7, 0)) == 6 * 60


# --- Against counting minute by minute ---------------------------------------------------------------------------

rules = st.builds(
    Rule,
    st.integers(0, 6),
    st.integers(0, 6),
    st.integers(0, 1439),
    st.integers(1, 1440),
).filter(lambda rule: rule.begin != rule.end)
week = st.lists(rules, min_size=1, max_size=3).map(lambda some: BusinessHours(tuple(some)))
zones = st.sampled_from(ZONES).map(ZoneInfo)
BEGIN = seconds(datetime(2011, 1, 1, tzinfo=UTC))
changes = st.sampled_from(
    [
        seconds(datetime(*day, tzinfo=UTC))
        for day in ((2026, 3, 28), (2026, 10, 24), (2026, 4, 4), (2026, 10, 31), (2011, 12, 29), (2025, 12, 30))
    ]
)
starts = st.one_of(changes, st.integers(0, 8_000_000).map(lambda minute: BEGIN + 60 * minute)).flatmap(
    lambda begin: st.integers(0, 3 * 1440).map(lambda later: begin + 60 * later)
)
lengths = st.integers(0, 5 * 1440)


def is_open(hours: BusinessHours, moment: int, zone: ZoneInfo) -> bool:
    """By the clock on the wall, which knows of nothing but today and what is left of yesterday."""
    wall = datetime.fromtimestamp(moment, zone)
    minute = wall.hour * 60 + wall.minute
    today, yesterday = wall.weekday(), (wall.weekday() - 1) % 7
    return any(
        (_has(rule, today) and rule.begin <= minute and (minute < rule.end or rule.end < rule.begin))
        or (_has(rule, yesterday) and minute < rule.end < rule.begin)
        for rule in hours.rules
    )


def _has(rule: Rule, day: int) -> bool:
    return (day - rule.first) % 7 <= (rule.last - rule.first) % 7


@settings(max_examples=examples(60), deadline=None)
@given(week, zones, starts, lengths)
@example(parse("mon-sun 00:00-24:00"), ZoneInfo("Pacific/Apia"), seconds(datetime(2011, 12, 29, tzinfo=UTC)), 4320)
@example(parse("sun 01:45-02:15"), ZoneInfo("Australia/Lord_Howe"), seconds(datetime(2026, 4, 4, tzinfo=UTC)), 2880)
def test_it_is_what_counting_minute_by_minute_says(hours, zone, start, length):
    counted = sum(is_open(hours, start + 60 * minute, zone) for minute in range(length))
    assert BusinessClock(hours, zone).minutes(start, start + 60 * length) == counted


@given(week, zones, st.lists(starts, min_size=3, max_size=3).map(sorted))
def test_parts_add_up_and_are_never_more_than_calendar_time(hours, zone, moments):
    first, middle, last = moments
    clock = BusinessClock(hours, zone)
    assert clock.minutes(first, middle) + clock.minutes(middle, last) == clock.minutes(first, last)
    assert 0 <= clock.minutes(first, last) <= (last - first) // 60


@given(zones, st.lists(starts, min_size=2, max_size=2).map(sorted))
def test_a_company_that_never_closes_counts_calendar_time(zone, moments):
    first, last = moments
    assert BusinessClock(parse("mon-sun 00:00-24:00"), zone).minutes(first, last) == (last - first) // 60


@given(week)
def test_what_is_written_is_read_again(hours):
    assert parse(str(hours)) == hours
    assert all(name in DAYS for name in str(hours.rules[0]).split()[0].split("-"))


def test_a_moment_before_1970_has_an_answer():
    assert minutes(OFFICE, datetime(1969, 12, 29, tzinfo=MADRID), datetime(1970, 1, 5, tzinfo=MADRID)) == 5 * 540
