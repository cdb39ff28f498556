"""Use is compared with use on the same weekdays, without the days on which nobody works."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.account_facts import DaysOff, UsageFacts
from metrics.habit import Compared, Silence, days_compared, saying, sessions_compared, silence
from metrics.rules.usage_drop import RULE as USAGE_DROP
from metrics.types import Sentence, plural
from tests.metrics.accounts import TODAY, USAGE, days_ago, judged_by, risk

weeks = st.lists(st.integers(0, 50), min_size=7, max_size=7)


def usage_of(sessions: dict[date, int], off: set[date]) -> UsageFacts:
    """The facts of an account that had so many sessions by day, and worked on all days but those off."""
    off = {day for day in off if days_ago(365) < day <= TODAY}
    paired = {ago % 28 for ago in range(56) if days_ago(ago) in off}
    left_out = {days_ago(ago + add) for ago in paired for add in (0, 28)}
    left_out_90 = left_out | {day for day in off if day > days_ago(90)}

    def total(days: set[date], since: int, until: int) -> int:
        return sum(sessions.get(days_ago(ago), 0) for ago in range(until, since) if days_ago(ago) in days)

    def active(days: set[date], since: int, until: int) -> int:
        return sum(1 for ago in range(until, since) if days_ago(ago) in days and sessions.get(days_ago(ago)))

    everything = {days_ago(ago) for ago in range(90)}
    return USAGE._replace(
        active_days_28=active(everything, 28, 0),
        active_days_before=active(everything, 56, 28),
        sessions_28=total(everything, 28, 0),
        sessions_before=total(everything, 56, 28),
        sessions_90=total(everything, 90, 0),
        off=DaysOff(
            tuple(sorted(off)),
            len(paired),
            len({day for day in left_out_90 if day <= days_ago(28)}),
            active(left_out, 28, 0),
            active(left_out, 56, 28),
            total(left_out, 28, 0),
            total(left_out, 56, 28),
            total(left_out_90, 90, 0),
        ),
    )


@given(weeks, st.sets(st.integers(0, 100), max_size=30))
def test_a_steady_account_is_steady_whatever_days_are_off(week: list[int], ago: set[int]):
    off = {days_ago(number) for number in ago}
    days = (days_ago(number) for number in range(90))
    usage = usage_of({day: 0 if day in off else week[day.weekday()] for day in days}, off)
    for compared in (sessions_compared(usage), days_compared(usage)):
        assert compared.now == compared.before
        assert compared.left_out == len({number % 28 for number in ago if number < 56})


@given(weeks, st.sets(st.integers(0, 89), max_size=30), st.integers(0, 100))
def test_a_steady_account_has_no_drop_in_use(week: list[int], ago: set[int], more: int):
    """What people do on their days off is neither here nor there."""
    off = {days_ago(number) for number in ago}
    days = (days_ago(number) for number in range(90))
    usage = usage_of({day: more if day in off else week[day.weekday()] for day in days}, off)
    assume(usage.sessions_90)
    assert judged_by(USAGE_DROP)(risk(usage=usage)) is None


def test_without_days_off_everything_counts():
    assert sessions_compared(USAGE) == Compared(200, 200, 198, 0)
    assert days_compared(USAGE) == Compared(20, 20, None, 0)


def test_the_pace_is_that_of_the_days_that_are_left():
    off = DaysOff((days_ago(3),), 7, 20, 2, 7, 20, 70, 120)
    assert sessions_compared(USAGE._replace(off=off)) == Compared(180, 130, (440 - 100) * 21 // 42, 7)
    assert sessions_compared(USAGE._replace(off=off._replace(left_out_before=62))).pace is None


@pytest.mark.parametrize(
    ("last", "off", "expected"),
    [
        (0, (), Silence(0, 0)),
        (9, (), Silence(9, 0)),
        (9, (9, 10, 400), Silence(9, 0)),
        (9, (8, 4, 0), Silence(9, 3)),
        (2, (1, 0), Silence(2, 2)),
        (-1, (0,), Silence(0, 0)),
    ],
)
def test_days_off_are_no_silence(last: int, off: tuple[int, ...], expected: Silence):
    days = tuple(sorted(TODAY - timedelta(days=ago) for ago in off))
    found = silence(USAGE._replace(last_on=days_ago(last), off=DaysOff(days, 0, 0) if off else None), TODAY)
    assert found == expected
    assert found.counted == expected.days - expected.left_out


def test_what_is_left_out_is_said():
    why = Sentence("Nobody came")
    assert saying(why, Silence(9, 0)) == why
    left_out = plural("{count} day off left out", "{count} days off left out", 4)
    assert saying(why, Silence(9, 4)).values == {"why": why, "left_out": left_out}
