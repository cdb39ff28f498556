"""The days that something regular tells of."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.stretches import Rhythm, as_text, from_text, stretch_of, weeks_to
from metrics.timetable import timetable_of

MONDAY = date(2026, 11, 23)
RULES = ("mon 09:00", "sun 09:00", "mon-fri 08:30", "mon,thu 10:00", "day 1 09:00", "last day 18:00")


@pytest.mark.parametrize(
    ("rule", "day", "told", "held_against"),
    [
        ("mon 09:00", MONDAY, "2026-11-16..2026-11-22", "2026-11-09..2026-11-15"),
        ("day 1 09:00", date(2026, 12, 1), "2026-11", "2026-10"),
        ("day 1 09:00", date(2027, 1, 1), "2026-12", "2026-11"),
        ("mon-fri 09:00", MONDAY, "2026-11-20..2026-11-22", "2026-11-13..2026-11-15"),
        ("mon-fri 09:00", date(2026, 11, 24), "2026-11-23..2026-11-23", "2026-11-16..2026-11-16"),
    ],
)
def test_it_tells_of_the_days_since_the_last_time(rule, day, told, held_against):
    stretch = stretch_of(timetable_of(rule), day)
    assert (stretch.period.id, stretch.before.id) == (told, held_against)


@given(st.sampled_from(RULES), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_nothing_is_told_of_the_day_itself_and_nothing_twice(rule, day):
    stretch = stretch_of(timetable_of(rule), day)
    assert stretch.period.end <= day
    assert stretch.before.end <= stretch.period.start
    assert from_text(as_text(stretch)) == stretch


@given(st.sampled_from([rule for rule in RULES if "day" not in rule]), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_of_a_weekly_rule_no_day_is_left_out(rule, day):
    table = timetable_of(rule)
    slot = next(d for d in (day + timedelta(days=n) for n in range(8)) if d.weekday() in table.weekdays)
    following = next(d for d in (slot + timedelta(days=n) for n in range(1, 8)) if d.weekday() in table.weekdays)
    assert stretch_of(table, following).period.start == slot


def test_the_weeks_end_with_the_stretch():
    weeks = weeks_to(MONDAY)
    assert len(weeks) == 13
    assert weeks[-1] == stretch_of(timetable_of("mon 09:00"), MONDAY).period
    assert all(one.end == other.start for one, other in pairwise(weeks))


def test_a_text_that_was_made_up_is_refused():
    for text in ("", "weekly", "yearly:2026-11-16:2026-11-23:2026-11-09:2026-11-16", "weekly:a:b:c:d"):
        with pytest.raises(ValueError, match=r"unpack|Invalid isoformat|valid Rhythm"):
            from_text(text)
    assert from_text("monthly:2026-10-01:2026-11-01:2026-09-01:2026-10-01").rhythm is Rhythm.MONTHLY
