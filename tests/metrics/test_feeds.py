"""A feed that has stopped is told from customers who are silent, by the feed's own habit."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.feeds import Feed, Patience, Stop, feed_of

TODAY = date(2026, 11, 23)
"""A Monday."""
USAGE = Patience()
TICKETS = Patience(habit=180, least=15, span=28)
ANSWERS = Patience(habit=180, least=15, span=120, late=14)


def days(*ago: int) -> list[date]:
    return [TODAY - timedelta(days=number) for number in sorted(ago, reverse=True)]


def working_days(first: int, last: int) -> list[date]:
    return [day for day in days(*range(last, first + 1)) if day.weekday() < 5]


def stopped(found: list[date], as_of: date, patience: Patience = TICKETS) -> bool:
    return feed_of(found, as_of, patience).stop is not None


def test_data_until_yesterday_is_up_to_date():
    assert feed_of(days(*range(1, 60)), TODAY, USAGE) == Feed(TODAY - timedelta(days=1), 1, 1)


def test_a_daily_feed_that_has_been_silent_for_four_days_has_stopped():
    last = TODAY - timedelta(days=4)
    assert feed_of(days(*range(4, 60)), TODAY, USAGE) == Feed(last, 1, 1, Stop(last, TODAY))


def test_it_stays_stopped_however_long_ago_that_was():
    last = TODAY - timedelta(days=900)
    assert feed_of(days(*range(900, 960)), TODAY, USAGE).stop == Stop(last, last + timedelta(days=4))


def test_weekends_and_a_long_weekend_are_no_stop():
    until_thursday = working_days(100, 4)
    assert until_thursday[-1].weekday() == 3
    assert not stopped(until_thursday, TODAY)  # Friday and Monday off
    assert not stopped(until_thursday, TODAY + timedelta(days=1))


@pytest.mark.parametrize("last", range(6, 13))
def test_a_feed_of_working_days_that_stops_for_six_days_is_seen(last):
    found = working_days(200, last)
    assert stopped(found, found[-1] + timedelta(days=6))


def test_holidays_in_the_habit_make_it_wait_longer():
    easter = [day for day in working_days(200, 10) if day not in days(*range(60, 65))]
    assert not stopped(easter, easter[-1] + timedelta(days=6))
    assert stopped(easter, easter[-1] + timedelta(days=20))


def test_a_weekly_feed_is_late_after_two_weeks():
    weekly = range(1, 239, 7)
    assert not stopped(days(*(number + 13 for number in weekly)), TODAY)
    assert feed_of(days(*(number + 14 for number in weekly)), TODAY, TICKETS) == Feed(
        TODAY - timedelta(days=15), 7, 7, Stop(TODAY - timedelta(days=15), TODAY)
    )


def test_three_tickets_a_month_are_waited_for_three_times_as_long_as_ever():
    irregular = [0, 2, 3, 17, 18, 30, 31, 45, 61, 62, 80, 82, 95, 96, 110, 125, 140, 141, 160, 179]
    found = [TODAY - timedelta(days=number) for number in reversed(irregular)]
    assert not stopped(found, TODAY + timedelta(days=57))
    assert stopped(found, TODAY + timedelta(days=58))


def test_waves_of_answers_are_no_habit():
    one_wave = days(*range(40, 60))
    assert feed_of(one_wave, TODAY, ANSWERS) == Feed(TODAY - timedelta(days=40))
    two_waves = days(*range(60, 75), *range(150, 165))
    assert not stopped(two_waves, TODAY, ANSWERS)
    assert not stopped(days(*range(190, 205), *range(280, 295)), TODAY, ANSWERS)


def test_answers_that_came_in_all_the_time_are_missed():
    assert stopped(days(*range(15, 250, 2)), TODAY, ANSWERS)
    assert not stopped(days(*range(14, 250, 2)), TODAY, ANSWERS)


def test_without_any_day_nothing_has_stopped():
    assert feed_of([], TODAY, USAGE) == Feed(None)


@given(st.sets(st.integers(0, 119), max_size=9))
def test_few_days_tell_nothing(ago: set[int]):
    assert feed_of(days(*ago), TODAY, USAGE).stop is None


# --- Whatever the days -----------------------------------------------------------------------------------------------

histories = st.sets(st.integers(0, 400), min_size=1, max_size=150).map(lambda ago: days(*ago))
patiences = st.sampled_from((USAGE, TICKETS, ANSWERS))


@given(histories, patiences, st.integers(0, 900))
def test_a_feed_never_counts_as_stopped_within_its_habit(found: list[date], patience: Patience, silence: int):
    as_of = found[-1] + timedelta(days=silence)
    habit = [day for day in found if (found[-1] - day).days < patience.habit]
    longest = max(((later - earlier).days for earlier, later in pairwise(habit)), default=0)
    if silence <= max(longest, patience.late):
        assert not stopped(found, as_of, patience)


@given(st.integers(1, 12), patiences, st.integers(0, 12))
def test_a_steady_feed_is_waited_for_until_its_next_day(step: int, patience: Patience, silence: int):
    found = days(*range(0, 240, step))
    if silence <= step:
        assert not stopped(found, TODAY + timedelta(days=silence), patience)


@given(histories, patiences, st.integers(0, 400), st.integers(0, 400))
def test_the_later_the_more_it_has_stopped(found: list[date], patience: Patience, silence: int, more: int):
    then, later = (found[-1] + timedelta(days=number) for number in (silence, silence + more))
    at_first, after = feed_of(found, then, patience).stop, feed_of(found, later, patience).stop
    if at_first is not None:
        assert after == at_first
        assert at_first.last_on < at_first.noticed_on <= then


@given(histories, patiences, st.integers(0, 400))
def test_it_is_noticed_on_the_first_day_on_which_it_has_stopped(found: list[date], patience: Patience, silence: int):
    stop = feed_of(found, found[-1] + timedelta(days=silence), patience).stop
    if stop is not None:
        assert stopped(found, stop.noticed_on, patience)
        assert not stopped(found, stop.noticed_on - timedelta(days=1), patience)
