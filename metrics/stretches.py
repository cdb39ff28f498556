"""The days that something regular tells of: those since the last time, and those they are held against."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from metrics.periods import Period, PeriodKind, month_of
from metrics.timetable import Timetable

WEEK: Final = 7
WEEKS_SHOWN: Final = 13
"""A quarter of a year, for lines that show where a week comes from."""

_DAY: Final = timedelta(days=1)


class Rhythm(StrEnum):
    """How often something is told."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Stretch(NamedTuple):
    """Some days that are over, and as many before to hold them against."""

    rhythm: Rhythm
    period: Period
    before: Period


def rhythm_of(table: Timetable) -> Rhythm:
    """How often it is."""
    if table.month_day is not None:
        return Rhythm.MONTHLY
    return Rhythm.WEEKLY if len(table.weekdays) == 1 else Rhythm.DAILY


def stretch_of(table: Timetable, day: date) -> Stretch:
    """What is told on `day`, a slot's or any other: no day of it is `day` itself or later.

    Weekly: the seven days up to yesterday, against the seven before. Monthly: the last full month, against its
    predecessor. On several days a week: the days since the last of these, against the same days a week earlier, because
    a weekend is no Thursday.

    >>> from metrics.timetable import timetable_of
    >>> stretch_of(timetable_of("mon 09:00"), date(2026, 11, 23)).period.id
    '2026-11-16..2026-11-22'
    """
    rhythm = rhythm_of(table)
    if rhythm is Rhythm.MONTHLY:
        month = month_of(day).previous()
        return Stretch(rhythm, month, month.previous())
    if rhythm is Rhythm.WEEKLY:
        week = Period(day - WEEK * _DAY, day)
        return Stretch(rhythm, week, week.previous())
    days = next(back for back in range(1, WEEK + 1) if (day - back * _DAY).weekday() in table.weekdays)
    period = Period(day - days * _DAY, day)
    return Stretch(rhythm, period, Period(period.start - WEEK * _DAY, period.end - WEEK * _DAY))


def weeks_to(end: date) -> tuple[Period, ...]:
    """The weeks, WEEKS_SHOWN of them, that end with the day before `end`, oldest first."""
    first = end - WEEKS_SHOWN * WEEK * _DAY
    return tuple(Period(first + n * WEEK * _DAY, first + (n + 1) * WEEK * _DAY) for n in range(WEEKS_SHOWN))


def as_text(stretch: Stretch) -> str:
    """The stretch in a word, for buttons; `from_text` makes the same one of it.

    >>> as_text(from_text("weekly:2026-11-16:2026-11-23:2026-11-09:2026-11-16"))
    'weekly:2026-11-16:2026-11-23:2026-11-09:2026-11-16'
    """
    days = (stretch.period.start, stretch.period.end, stretch.before.start, stretch.before.end)
    return ":".join((stretch.rhythm, *(day.isoformat() for day in days)))


def from_text(text: str) -> Stretch:
    """The stretch that was written; ValueError for anything else."""
    rhythm, *parts = text.split(":")
    start, end, start_before, end_before = map(date.fromisoformat, parts)
    kind = PeriodKind.MONTH if rhythm == Rhythm.MONTHLY else PeriodKind.CUSTOM
    return Stretch(Rhythm(rhythm), Period(start, end, kind), Period(start_before, end_before, kind))
