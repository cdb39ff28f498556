"""When something regular happens: names of days and a local time, and the moments that follow from them.

A slot is the nominal local moment ("2026-11-23T09:00"), without a zone: in a fold of the clock it is there twice and in
a gap not at all, but it is one slot and happens once.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import takewhile
from typing import Final, NamedTuple

from metrics.errors import BadTimetable

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAST: Final = 0
"""Stands for the last day of a month."""
MOST_MONTH_DAY: Final = 28
"""Every month has it."""

LATE_AFTER: Final = timedelta(minutes=15)
"""An occurrence that is caught up later than this says so."""

_DAY: Final = timedelta(days=1)
_LONG_AGO: Final = 32 * _DAY
"""In so many days every timetable has a slot."""


class Timetable(NamedTuple):
    """Every week on some days, or every month on one, at a local time."""

    at: time
    weekdays: tuple[int, ...] = ()
    """Monday is 0; empty for a monthly one."""
    month_day: int | None = None
    """1 to 28, or LAST; None for a weekly one."""

    def __str__(self) -> str:
        if self.month_day is not None:
            day = "last day" if self.month_day == LAST else f"day {self.month_day}"
        else:
            day = ",".join(WEEKDAYS[each] for each in self.weekdays)
        return f"{day} {self.at:%H:%M}"

    @property
    def window(self) -> timedelta:
        """How long after its moment a missed occurrence is still worth having."""
        if self.month_day is not None:
            return timedelta(days=7)
        return timedelta(hours=12) if len(self.weekdays) > 1 else timedelta(days=2)


def timetable_of(text: str) -> Timetable:
    """What a rule says: "mon 09:00", "mon,thu 08:30", "mon-fri 09:00", "day 1 09:00", "last day 18:00".

    BadTimetable says what is wrong; weekdays are names, because numbers count from Monday here and Sunday there.

    >>> str(timetable_of("mon-wed 9:00"))
    'mon,tue,wed 09:00'
    """
    words = text.casefold().split()
    if len(words) < 2:
        raise BadTimetable(text)
    at = _time(words[-1], text)
    days = words[:-1]
    if days == ["last", "day"]:
        return Timetable(at, month_day=LAST)
    if days[0] == "day" and len(days) == 2 and days[1].isdecimal() and 1 <= int(days[1]) <= MOST_MONTH_DAY:
        return Timetable(at, month_day=int(days[1]))
    if len(days) > 1:
        raise BadTimetable(text)
    return Timetable(at, tuple(sorted({day for part in days[0].split(",") for day in _days(part, text)})))


def _time(word: str, text: str) -> time:
    hour, colon, minute = word.partition(":")
    if not colon or not hour.isdecimal() or not minute.isdecimal() or len(minute) != 2:
        raise BadTimetable(text)
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise BadTimetable(text) from None


def _days(part: str, text: str) -> Iterator[int]:
    first, dash, last = part.partition("-")
    if first not in WEEKDAYS or (dash and last not in WEEKDAYS):
        raise BadTimetable(text)
    begin = WEEKDAYS.index(first)
    length = (WEEKDAYS.index(last) - begin) % 7 if dash else 0
    return iter([(begin + step) % 7 for step in range(length + 1)])


def slots_after(table: Timetable, moment: datetime) -> Iterator[datetime]:
    """The slots after a naive local moment, in order, without end."""
    day = moment.date()
    while True:
        if _falls_on(table, day):
            slot = datetime.combine(day, table.at)
            if slot > moment:
                yield slot
        day += _DAY


def _falls_on(table: Timetable, day: date) -> bool:
    if table.month_day is None:
        return day.weekday() in table.weekdays
    return (day + _DAY).day == 1 if table.month_day == LAST else day.day == table.month_day


def instant_of(slot: datetime, zone: tzinfo) -> datetime:
    """When a slot happens, in UTC: in a fold the first time, in a gap as long after it as it lies in it."""
    return slot.replace(tzinfo=zone, fold=0).astimezone(UTC)


def first_slot(table: Timetable, now: datetime, zone: tzinfo) -> datetime:
    """The first slot that is still to come at an aware moment."""
    eve = now.astimezone(zone).replace(tzinfo=None) - _DAY
    return next(slot for slot in slots_after(table, eve) if instant_of(slot, zone) > now)


def last_slot(table: Timetable, now: datetime, zone: tzinfo) -> datetime:
    """The slot whose moment has come last at an aware moment."""
    begin = now.astimezone(zone).replace(tzinfo=None) - _LONG_AGO
    *_, last = takewhile(lambda slot: instant_of(slot, zone) <= now, slots_after(table, begin))
    return last


class Due(NamedTuple):
    """What a schedule has to do now."""

    slot: datetime
    """The latest occurrence whose moment has come; the ones it missed before that are not made up for."""
    late: bool
    """It is caught up later than LATE_AFTER."""
    dropped: bool
    """It is too late for it: it is not made up for either."""
    following: datetime
    """The next slot, still to come."""


def due(table: Timetable, pending: datetime, now: datetime, zone: tzinfo) -> Due | None:
    """What is due of a schedule whose next slot is `pending` at the aware moment `now`; None: nothing yet."""
    if instant_of(pending, zone) > now:
        return None
    latest = pending
    for slot in slots_after(table, pending):
        if instant_of(slot, zone) > now:
            behind = now - instant_of(latest, zone)
            return Due(latest, behind > LATE_AFTER, behind > table.window, slot)
        latest = slot
    raise AssertionError("slots never end")
