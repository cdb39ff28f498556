"""holiday: the days on which the countries of accounts do not work, kept where SQL can leave them out."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from holidays import country_holidays, list_supported_countries
from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.columns import Day
from storage.schema import metadata

YEARS_BACK, YEARS_AHEAD = 2, 1
SEASON_DAYS = 7
"""Holidays at most so far apart are one: few work between Christmas and Epiphany, or through a golden week."""

_HOLIDAY = metadata().tables["holiday"]
_ACCOUNT = metadata().tables["account"]
_DELETE = delete(_HOLIDAY).where(
    _HOLIDAY.c.country == bindparam("country"), _HOLIDAY.c.day == bindparam("day", type_=Day)
)
_DAY = timedelta(days=1)


def keep_holidays(connection: Connection, today: date) -> int:
    """Make the table what the accounts' countries and the day ask for; how many days were added or taken out."""
    wanted, kept = _wanted(connection, today), _kept(connection)
    for change, rows in ((_DELETE, kept - wanted), (insert(_HOLIDAY), wanted - kept)):
        if rows:
            connection.execute(change, [{"country": country, "day": day} for country, day in sorted(rows)])
    return len(wanted ^ kept)


def has_holidays(connection: Connection, today: date) -> bool:
    """Whether `keep_holidays` has nothing to do."""
    return _wanted(connection, today) == _kept(connection)


def _kept(connection: Connection) -> set[tuple[str, date]]:
    return {(country, day) for country, day in connection.execute(select(_HOLIDAY.c.country, _HOLIDAY.c.day))}


def _wanted(connection: Connection, today: date) -> set[tuple[str, date]]:
    """For each country that an account is in its days off, from two years back to the end of the next year."""
    known = select(_ACCOUNT.c.country_code).where(_ACCOUNT.c.country_code.is_not(None)).distinct()
    countries = connection.execute(known).scalars()
    first, last = today.year - YEARS_BACK, today.year + YEARS_AHEAD
    return {(country, day) for country in countries for day in days_off(country, first, last)}


@cache
def days_off(country: str, first_year: int, last_year: int) -> frozenset[date]:
    """The days off of a country in these years; none where nobody knows its holidays.

    They are its public holidays, the days between two that are at most SEASON_DAYS apart, and the days of the weekend
    next to them.
    """
    if country not in list_supported_countries():
        return frozenset()
    calendar = country_holidays(country, years=range(first_year - 1, last_year + 2))
    found = _with_weekends(_with_seasons(calendar), calendar.weekend)
    return frozenset(day for day in found if first_year <= day.year <= last_year)


def _with_seasons(holidays: Iterable[date]) -> set[date]:
    days = sorted(holidays)
    near = [(one, other) for one, other in pairwise(days) if (other - one).days <= SEASON_DAYS]
    return {*days, *(one + number * _DAY for one, other in near for number in range((other - one).days))}


def _with_weekends(days: set[date], weekend: Iterable[int]) -> set[date]:
    found, resting = set(days), set(weekend)
    for day in days:
        for step in (-_DAY, _DAY):
            beside = day + step
            while beside not in found and beside.weekday() in resting:
                found.add(beside)
                beside += step
    return found
