"""Business hours: the times of the week in which a company works, and how many minutes of them lie between moments.

A moment is business time if the clock on the company's wall says so: an hour that the change to summer time leaves out
counts nothing, one that the change to winter time repeats counts twice.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final, NamedTuple

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EXPECTED: Final = "expected days and hours such as mon-fri 09:00-18:00, or mon-thu 09:00-18:00, fri 09:00-15:00"

_FULL_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RULE: Final = re.compile(r"([a-z]{3,})(?:\s*-\s*([a-z]{3,}))?\s+(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_DAY_MINUTES: Final = 24 * 60
_WEEK_MINUTES: Final = 7 * _DAY_MINUTES
_MONDAY: Final = 3 * _DAY
"""1970 began on a Thursday: so many seconds into its week."""
_FIRST_YEAR: Final = 1970
_PARTLY: Final = -1


class Rule(NamedTuple):
    """The same hours on some days that follow one another; hours that end before they begin last into the next day."""

    first: int
    """0 is Monday."""
    last: int
    begin: int
    """Minutes since midnight."""
    end: int

    def __str__(self) -> str:
        days = DAYS[self.first] if self.first == self.last else f"{DAYS[self.first]}-{DAYS[self.last]}"
        return f"{days} {clock_time(self.begin)}-{clock_time(self.end)}"

    def spans(self) -> Iterator[tuple[int, int]]:
        """From which minute of the week to which, each day; the last one may end in the next week."""
        length = (self.end - self.begin) % _DAY_MINUTES or _DAY_MINUTES
        for after in range((self.last - self.first) % 7 + 1):
            start = (self.first + after) % 7 * _DAY_MINUTES + self.begin
            yield start, start + length


class BusinessHours(NamedTuple):
    """The hours of a week; what several rules say twice counts once."""

    rules: tuple[Rule, ...]

    def __str__(self) -> str:
        return ", ".join(map(str, self.rules))


def clock_time(minutes: int) -> str:
    """Minutes since midnight as a clock shows them.

    >>> clock_time(545)
    '09:05'
    """
    return f"{minutes // 60:02}:{minutes % 60:02}"


def parse(text: str) -> BusinessHours:
    """The hours that a text says, in English and whatever case; ValueError says what was expected.

    >>> str(parse("Monday-Thu 9:00-18:00, FRI 09:00-15:00"))
    'mon-thu 09:00-18:00, fri 09:00-15:00'
    """
    return BusinessHours(tuple(_rule(part.strip()) for part in text.casefold().split(",")))


def _rule(part: str) -> Rule:
    found = _RULE.fullmatch(part)
    if found is None:
        raise ValueError(f"{EXPECTED}, not {part!r}")
    first, last, *clock = found.groups()
    begin, end = _minutes(*clock[:2]), _minutes(*clock[2:])
    if begin in {end, _DAY_MINUTES}:
        raise ValueError(f"{EXPECTED}, not {part!r}, which is no time at all")
    return Rule(_day(first), _day(last or first), begin, end)


def _day(name: str) -> int:
    for number, full in enumerate(_FULL_DAYS):
        if full.startswith(name):
            return number
    raise ValueError(f"expected one of {', '.join(DAYS)}, not {name!r}")


def _minutes(hours: str, minutes: str) -> int:
    told = int(hours) * 60 + int(minutes)
    if int(minutes) >= 60 or told > _DAY_MINUTES:
        raise ValueError(f"expected a time from 00:00 to 24:00, not {hours}:{minutes}")
    return told


class BusinessClock:
    """Counts business time between moments, given as whole seconds since 1970 in UTC; made for one use at a time.

    Between two changes of the zone's clocks business time is a sum over the week, kept as a table; what a change leaves
    out or repeats is added up once. Hours that are wholly open or wholly closed are remembered, so that a moment costs
    little more than looking up its hour. Before 1970 the clocks are taken never to have changed.
    """

    def __init__(self, hours: BusinessHours, zone: tzinfo) -> None:
        self._zone = zone
        self._week = _cumulated(hours)
        self._year = _FIRST_YEAR
        self._known_until = _begin_of(_FIRST_YEAR)
        self._changes = [_begin_of(1)]
        self._offsets = [_offset(zone, self._known_until)]
        self._left_out = [0]
        self._hours = _Hours(self._exactly)

    def minutes(self, start: int, end: int) -> int:
        """Whole minutes of business time from `start` to `end`, which is not before it."""
        before, rate = self._hours[start // _HOUR]
        until, rate_until = self._hours[end // _HOUR]
        if rate < 0 or rate_until < 0:
            return (self._exactly(end) - self._exactly(start)) // _MINUTE
        return (until + rate_until * end - before - rate * start) // _MINUTE

    def _exactly(self, moment: int) -> int:
        while moment >= self._known_until:
            self._learn_a_year()
        at = bisect_right(self._changes, moment) - 1
        return self._on_the_wall(moment + self._offsets[at]) - self._left_out[at]

    def _on_the_wall(self, local: int) -> int:
        """The same by the clock on the wall alone, as if it had never been changed."""
        weeks, second = divmod(local + _MONDAY, _WEEK_MINUTES * _MINUTE)
        minute, rest = divmod(second, _MINUTE)
        open_before, open_after = self._week[minute], self._week[minute + 1]
        return (weeks * self._week[-1] + open_before) * _MINUTE + (open_after - open_before) * rest

    def _learn_a_year(self) -> None:
        for moment, before, after in _changes(self._zone, self._year):
            jumped = self._on_the_wall(moment + after) - self._on_the_wall(moment + before)
            self._changes.append(moment)
            self._offsets.append(after)
            self._left_out.append(self._left_out[-1] + jumped)
        self._year += 1
        self._known_until = _begin_of(self._year)


class _Hours(dict[int, tuple[int, int]]):
    """By the number of an hour since 1970: a and b where a + b x moment is the business time before a moment in it.

    b is 1 or 0 where the hour is open or closed from its beginning to its end, _PARTLY where it is neither.
    """

    def __init__(self, exactly: Callable[[int], int]) -> None:
        super().__init__()
        self._exactly = exactly

    def __missing__(self, hour: int) -> tuple[int, int]:
        moment = hour * _HOUR
        before = self._exactly(moment)
        gained = self._exactly(moment + _HOUR) - before
        rate = gained // _HOUR if gained in {0, _HOUR} else _PARTLY
        found = self[hour] = (before - rate * moment, rate)
        return found


def _cumulated(hours: BusinessHours) -> list[int]:
    """How many minutes of the week are open before each of its minutes, and in all of it."""
    is_open = bytearray(_WEEK_MINUTES)
    for rule in hours.rules:
        for start, end in rule.spans():
            for minute in range(start, end):
                is_open[minute % _WEEK_MINUTES] = 1
    table = [0]
    for each in is_open:
        table.append(table[-1] + each)
    return table


@lru_cache(maxsize=1024)
def _changes(zone: tzinfo, year: int) -> tuple[tuple[int, int, int], ...]:
    """When the zone's clocks are changed in a year, with the offset from UTC before and after, all in seconds."""
    changes = []
    moment, offset = _begin_of(year), _offset(zone, _begin_of(year))
    for following in range(moment + _DAY, _begin_of(year + 1) + 1, _DAY):
        if (now := _offset(zone, following)) != offset:
            changes.append((_first_with(zone, now, moment, following), offset, now))
            offset = now
        moment = following
    return tuple(changes)


def _first_with(zone: tzinfo, offset: int, before: int, by: int) -> int:
    """The first second after `before` and up to `by` at which the zone has that offset."""
    while by - before > 1:
        middle = (before + by) // 2
        before, by = (before, middle) if _offset(zone, middle) == offset else (middle, by)
    return by


def _offset(zone: tzinfo, moment: int) -> int:
    offset = datetime.fromtimestamp(moment, zone).utcoffset() or timedelta()
    return offset // timedelta(seconds=1)


def _begin_of(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
