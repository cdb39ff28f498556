"""Quiet hours: when nobody is spoken to unasked, and the moment at which they end."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple

from metrics.timetable import WEEKDAYS, instant_of

NONE: Final = "none"
EXPECTED_HOURS: Final = "expected the hours of the night such as 20:00-08:00, or none"
EXPECTED_DAYS: Final = "expected names of days such as sat,sun or fri-sat (not all seven), or none"

_HOURS: Final = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")
_DAY: Final = timedelta(days=1)


class QuietHours(NamedTuple):
    """The hours of every night, and whole days of the week."""

    begin: time = time(20)
    end: time = time(8)
    """Earlier than `begin`: on the next day. The same as `begin`: no hour is quiet."""
    days_off: tuple[int, ...] = (5, 6)
    """Monday is 0; never all seven."""

    def next_moment(self, now: datetime, zone: tzinfo) -> datetime:
        """The first moment, from the aware `now` on, at which something may be said: `now` itself, or in UTC the end.

        The times are those that the clock on the wall in `zone` shows.
        """
        if not self._quiet(now.astimezone(zone)):
            return now
        return next(
            moment for moment in self._ends(now, zone) if moment > now and not self._quiet(moment.astimezone(zone))
        )

    def _quiet(self, local: datetime) -> bool:
        if local.weekday() in self.days_off:
            return True
        clock = local.time()
        if self.begin <= self.end:
            return self.begin <= clock < self.end
        return clock >= self.begin or clock < self.end

    def _ends(self, now: datetime, zone: tzinfo) -> Iterator[datetime]:
        """Moments at which the quiet may end, in order, without end: an hour that is there twice ends it twice."""
        day = now.astimezone(zone).date()
        while True:
            for clock in (time(), self.end):
                slot = datetime.combine(day, clock)
                yield instant_of(slot, zone)
                yield slot.replace(tzinfo=zone, fold=1).astimezone(UTC)
            day += _DAY


def quiet_hours_of(hours: str, days: str) -> QuietHours:
    """What two texts say; ValueError says what was expected.

    >>> quiet_hours_of("22:00-7:30", "fri-sat")
    QuietHours(begin=datetime.time(22, 0), end=datetime.time(7, 30), days_off=(4, 5))
    >>> quiet_hours_of("none", "none")
    QuietHours(begin=datetime.time(0, 0), end=datetime.time(0, 0), days_off=())
    """
    return QuietHours(*_hours(hours), _days(days))


def _hours(text: str) -> tuple[time, time]:
    if text.strip().casefold() == NONE:
        return time(), time()
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        raise ValueError(EXPECTED_HOURS)
    begin_hour, begin_minute, end_hour, end_minute = map(int, found.groups())
    try:
        begin, end = time(begin_hour % 24, begin_minute), time(end_hour % 24, end_minute)
    except ValueError:
        raise ValueError(EXPECTED_HOURS) from None
    if begin_hour > 24 or end_hour > 24 or begin == end:
        raise ValueError(EXPECTED_HOURS)
    return begin, end


def _days(text: str) -> tuple[int, ...]:
    if text.strip().casefold() == NONE:
        return ()
    days = {day for part in text.casefold().split(",") for day in _span(part.strip())}
    if len(days) == len(WEEKDAYS):
        raise ValueError(EXPECTED_DAYS)
    return tuple(sorted(days))


def _span(part: str) -> list[int]:
    first, dash, last = (word.strip() for word in part.partition("-"))
    if first not in WEEKDAYS or (dash and last not in WEEKDAYS):
        raise ValueError(EXPECTED_DAYS)
    begin = WEEKDAYS.index(first)
    length = (WEEKDAYS.index(last) - begin) % 7 if dash else 0
    return [(begin + step) % 7 for step in range(length + 1)]
