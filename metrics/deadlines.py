"""How long something may take in working time: hours that are not quiet, days that are not off."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from types import MappingProxyType
from typing import Final, NamedTuple

from metrics.judging import Severity
from metrics.quiet_hours import QuietHours
from metrics.timetable import instant_of

EXPECTED: Final = "expected working hours or days by severity such as urgent=4h warning=2d (notice=5d)"

_WORD: Final = re.compile(r"(\w+)=(\d{1,3})([hd])")
_STEP: Final = timedelta(minutes=15)
_STEPS_AN_HOUR: Final = 4
_MORNING: Final = time(8)


class Allowance(NamedTuple):
    """So much working time: hours, or days."""

    hours: int = 0
    days: int = 0


TAKE_WITHIN: Final[Mapping[Severity, Allowance]] = MappingProxyType(
    {Severity.URGENT: Allowance(hours=4), Severity.WARNING: Allowance(days=2)}
)
"""In what time somebody should take an alert; one of a severity that is not named may wait."""

DONE_WITHIN: Final[Mapping[Severity, int]] = MappingProxyType(
    {Severity.URGENT: 3, Severity.WARNING: 5, Severity.NOTICE: 10}
)
"""In how many working days whoever takes an alert should have dealt with it."""


def allowances_of(text: str) -> Mapping[Severity, Allowance]:
    """What a text says by severity; ValueError says what was expected.

    >>> dict(allowances_of("urgent=4h, warning=2d"))
    {<Severity.URGENT: 'urgent'>: Allowance(hours=4, days=0), <Severity.WARNING: 'warning'>: Allowance(hours=0, days=2)}
    """
    return MappingProxyType(dict(_allowance(word) for word in text.replace(",", " ").split()))


def _allowance(word: str) -> tuple[Severity, Allowance]:
    found = _WORD.fullmatch(word.casefold())
    if found is None or found[1] not in set(Severity) or int(found[2]) == 0:
        raise ValueError(f"{EXPECTED}, not {word!r}")
    number = int(found[2])
    return Severity(found[1]), Allowance(hours=number) if found[3] == "h" else Allowance(days=number)


def deadline(start: datetime, allowed: Allowance, quiet: QuietHours, zone: tzinfo) -> datetime:
    """The moment at which so much working time is over since the aware `start`; hours to the quarter of one."""
    moment = quiet.next_moment(start, zone)
    for _ in range(allowed.hours * _STEPS_AN_HOUR):
        moment = quiet.next_moment(moment + _STEP, zone)
    if not allowed.days:
        return moment
    local = moment.astimezone(zone)
    slot = datetime.combine(working_day_after(local.date(), allowed.days, quiet), local.time())
    return quiet.next_moment(instant_of(slot, zone), zone)


def working_day_after(day: date, count: int, quiet: QuietHours) -> date:
    """The day that is so many working days after `day`."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() not in quiet.days_off
    return day


def morning_after(now: datetime, days: int, quiet: QuietHours, zone: tzinfo) -> datetime:
    """The morning so many days later, or of the first day after that on which something may be said."""
    day = now.astimezone(zone).date() + timedelta(days=days)
    return quiet.next_moment(instant_of(datetime.combine(day, _MORNING), zone), zone)
