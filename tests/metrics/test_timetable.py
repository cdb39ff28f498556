"""When something regular happens: rules, slots, and the clock's gaps and folds."""
# ruff: noqa: DTZ001 - slots are local moments without a zone

from datetime import UTC, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import BadTimetable
from metrics.timetable import (
    LAST,
    MOST_MONTH_DAY,
    WEEKDAYS,
    Timetable,
    due,
    first_slot,
    instant_of,
    last_slot,
    slots_after,
    timetable_of,
)

MADRID = ZoneInfo("Europe/Madrid")
ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("UTC", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia")]
)
TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
TABLES = st.one_of(
    st.builds(
        lambda at, days: Timetable(at, tuple(sorted(days))), TIMES, st.sets(st.integers(0, 6), min_size=1, max_size=7)
    ),
    st.builds(lambda at, day: Timetable(at, month_day=day), TIMES, st.integers(LAST, MOST_MONTH_DAY)),
)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31))


@given(TABLES)
def test_a_rule_reads_as_it_is_written(table: Timetable) -> None:
    assert timetable_of(str(table)) == table


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("mon 09:00", "mon 09:00"),
        ("MON-FRI 8:30", "mon,tue,wed,thu,fri 08:30"),
        ("sat-mon 10:00", "mon,sat,sun 10:00"),
        ("thu,mon 10:00", "mon,thu 10:00"),
        ("day 1 09:00", "day 1 09:00"),
        ("last day 18:00", "last day 18:00"),
    ],
)
def test_what_people_write(text: str, means: str) -> None:
    assert str(timetable_of(text)) == means


@pytest.mark.parametrize(
    "text",
    ["", "mon", "09:00", "1 09:00", "0-4 09:00", "mon 9", "mon 25:00", "mon 09:60", "day 0 09:00", "day 29 09:00",
     "day x 09:00", "last 09:00", "mon tue 09:00", "mon- 09:00", "mon 09:00 UTC", "0 9 * * 1"],
)  # fmt: skip
def test_what_means_nothing_is_refused_with_examples(text: str) -> None:
    with pytest.raises(BadTimetable, match="mon-fri 08:30"):
        timetable_of(text)


@given(TABLES, MOMENTS)
def test_slots_come_in_order_and_on_the_right_days(table: Timetable, moment: datetime) -> None:
    found = list(islice(slots_after(table, moment), 20))
    assert found == sorted(set(found))
    assert all(slot > moment and slot.time() == table.at for slot in found)
    if table.month_day is None:
        assert {slot.weekday() for slot in found} <= set(table.weekdays)
    elif table.month_day == LAST:
        assert all((slot + timedelta(days=1)).day == 1 for slot in found)
    else:
        assert {slot.day for slot in found} == {table.month_day}


def test_in_the_gap_of_spring_it_happens_once_an_hour_later() -> None:
    slot = datetime(2026, 3, 29, 2, 30)
    assert instant_of(slot, MADRID) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_in_the_fold_of_autumn_it_happens_once_the_first_time() -> None:
    table, slot = timetable_of("sun 02:30"), datetime(2026, 10, 25, 2, 30)
    assert instant_of(slot, MADRID) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert first_slot(table, second, MADRID) == datetime(2026, 11, 1, 2, 30)


def test_nine_in_the_morning_stays_nine_in_the_morning() -> None:
    table = timetable_of("mon-sun 09:00")
    around = islice(slots_after(table, datetime(2026, 3, 27, 12)), 4)
    assert [instant_of(slot, MADRID).hour for slot in around] == [8, 7, 7, 7]


@given(TABLES, MOMENTS, ZONES)
def test_the_first_slot_is_the_first_that_is_still_to_come(table: Timetable, moment: datetime, zone: ZoneInfo) -> None:
    now = moment.replace(tzinfo=UTC)
    slot = first_slot(table, now, zone)
    assert instant_of(slot, zone) > now
    earlier = [one for one in islice(slots_after(table, slot - timedelta(days=70)), 80) if one < slot]
    assert all(instant_of(one, zone) <= now for one in earlier)


@given(TABLES, MOMENTS, ZONES)
def test_the_last_slot_is_the_one_before_the_first_that_is_to_come(
    table: Timetable, moment: datetime, zone: ZoneInfo
) -> None:
    now = moment.replace(tzinfo=UTC)
    slot = last_slot(table, now, zone)
    assert instant_of(slot, zone) <= now
    assert next(slots_after(table, slot)) == first_slot(table, now, zone)


@given(TABLES, MOMENTS, ZONES, st.integers(0, 400 * 24 * 60))
def test_however_long_nobody_looked_one_occurrence_is_due_and_the_next_is_to_come(
    table: Timetable, moment: datetime, zone: ZoneInfo, minutes: int
) -> None:
    pending = first_slot(table, moment.replace(tzinfo=UTC), zone)
    now = moment.replace(tzinfo=UTC) + timedelta(minutes=minutes)
    found = due(table, pending, now, zone)
    if instant_of(pending, zone) > now:
        assert found is None
        return
    assert found is not None
    assert instant_of(found.slot, zone) <= now < instant_of(found.following, zone)
    behind = now - instant_of(found.slot, zone)
    assert found.late == (behind > timedelta(minutes=15))
    assert found.dropped == (behind > table.window)


def test_a_weekly_one_is_made_up_for_until_wednesday_a_daily_one_until_the_evening() -> None:
    weekly, daily = timetable_of("mon 09:00"), timetable_of("mon-fri 09:00")
    monday = datetime(2026, 11, 23, 9, 0)

    def dropped(table: Timetable, now: datetime) -> bool:
        found = due(table, monday, now.replace(tzinfo=UTC), ZoneInfo("UTC"))
        assert found is not None
        return found.dropped

    assert not dropped(weekly, datetime(2026, 11, 25, 9, 0))
    assert dropped(weekly, datetime(2026, 11, 25, 9, 1))
    assert not dropped(daily, datetime(2026, 11, 23, 21, 0))
    assert dropped(daily, datetime(2026, 11, 23, 21, 1))


def test_weekdays_are_called_as_everywhere() -> None:
    assert WEEKDAYS[datetime(2026, 11, 23).weekday()] == "mon"
