"""Whether data still comes in: a feed that has stopped is told from customers who are silent, by the feed's own habit.

A habit is the days on which anything came in, up to the last of them: however long the silence after it lasts, it
changes nothing of the habit, so that a feed that has stopped stays so until something comes in again.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

STEADY_TIMES: Final = 2
"""A steady feed has stopped once it has been silent for more than so many times its longest gap."""
IRREGULAR_TIMES: Final = 3
"""The same for one whose longest gap is more than STEADY_TIMES those of its shortest quarter: that is chance."""
WEEKDAY_PERCENT: Final = 75
"""Data is expected on a weekday where it came in on so much of its days."""


class Patience(NamedTuple):
    """How a kind of data is judged; all in days."""

    habit: int = 120
    """How far back from the last day with data the habit goes."""
    least: int = 10
    """With data on fewer of those days there is no telling."""
    span: int = 0
    """Nor is there where the first of them is nearer to the last: one wave of answers is no habit."""
    late: int = 3
    """A silence of so many days is never a stop: data comes in at night, and nobody works on a long weekend."""


class Stop(NamedTuple):
    """A feed that has stopped."""

    last_on: date
    """The last day with data."""
    noticed_on: date
    """The first day on which it counted as stopped."""


class Feed(NamedTuple):
    """How a kind of data came in up to a day."""

    last_on: date | None
    """The last day with data; None: there is none."""
    usual: int | None = None
    """The usual number of days from one day with data to the next; None: there is no habit to tell by."""
    longest: int | None = None
    """The longest it has ever taken; None as above."""
    stop: Stop | None = None
    """None: it comes in, or there is no telling."""


Stops = Mapping[str, Stop]
"""The feeds that have stopped, by the entity of the data contract."""
NO_STOPS: Final[Stops] = MappingProxyType({})


class _Habit(NamedTuple):
    longest: int
    """The longest gap: from a day with data to the next."""
    times: int
    """So many times the longest gap are no stop."""
    weekdays: frozenset[int]
    """Those on which data is expected."""
    missed: int
    """The most expected days in a row on which none came."""


def feed_of(days: Sequence[date], as_of: date, patience: Patience) -> Feed:
    """How a feed came in, from the days with data up to `as_of` in order; those before the habit are not looked at."""
    if not days:
        return Feed(None)
    last = days[-1]
    days = [day for day in days if (last - day).days < patience.habit]
    if len(days) < max(patience.least, 2) or (last - days[0]).days < patience.span:
        return Feed(last)
    gaps = sorted((later - earlier).days for earlier, later in pairwise(days))
    noticed_on = _noticed_on(last, as_of, _habit_of(days, gaps), patience.late)
    return Feed(last, gaps[len(gaps) // 2], gaps[-1], None if noticed_on is None else Stop(last, noticed_on))


def _noticed_on(last: date, as_of: date, habit: _Habit, late: int) -> date | None:
    """The first day up to `as_of` on which the silence after `last` is too long.

    That is longer than ever, and either so many times as long or with twice as many expected days missed in a row as
    ever: weekends and holidays are in the habit, and a feed of working days is not waited for over two weekends.
    """
    missed = 0
    for silence in range(1, (as_of - last).days + 1):
        day = last + timedelta(days=silence)
        missed += day.weekday() in habit.weekdays
        too_long = silence > habit.times * habit.longest or missed > max(late, STEADY_TIMES * habit.missed)
        if too_long and silence > max(late, habit.longest):
            return day
    return None


def _habit_of(days: Sequence[date], gaps: Sequence[int]) -> _Habit:
    steady = gaps[-1] <= STEADY_TIMES * gaps[len(gaps) // 4]
    first, last = days[0].toordinal(), days[-1].toordinal()
    came, whole = Counter(day.weekday() for day in days), Counter(number % 7 for number in range(first, last + 1))
    expected = {number for number in whole if 100 * came[_weekday(number)] >= WEEKDAY_PERCENT * whole[number]}
    known = {day.toordinal() for day in days}
    there = (number in known for number in range(first, last + 1) if number % 7 in expected)
    missed = max((sum(1 for _ in run) for some, run in groupby(there) if not some), default=0)
    times = STEADY_TIMES if steady else IRREGULAR_TIMES
    return _Habit(gaps[-1], times, frozenset(_weekday(number) for number in expected), missed)


def _weekday(ordinal: int) -> int:
    """The weekday of a day, or of the remainder of its number by seven."""
    return (ordinal - 1) % 7
