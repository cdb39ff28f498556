"""When the countries of customers rest: the days of their weekend, and the days off that are kept of them."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from holidays import country_holidays, list_supported_countries
from sqlalchemy import select

from storage.queries.tables import holiday
from storage.session import Session

_h = holiday.c


class Rest(NamedTuple):
    """When a country does not work."""

    weekend: tuple[int, ...] | None
    """Monday is 0; None: nobody knows."""
    days: frozenset[date]
    """Its holidays, with the days between two of them; empty where none are known."""


def rest_of(db: Session, countries: Collection[str | None], *, since: date) -> Mapping[str, Rest]:
    """By country (ISO 3166) its weekend and its days off from that day on; countries that are None are left out."""
    known = sorted({country for country in countries if country is not None})
    days: dict[str, set[date]] = {country: set() for country in known}
    rows = db.execute(select(_h.country, _h.day).where(_h.country.in_(known), _h.day >= since)) if known else ()
    for country, day in rows:
        days[country].add(day)
    return {country: Rest(_weekend(country), frozenset(days[country])) for country in known}


@cache
def _weekend(country: str) -> tuple[int, ...] | None:
    if country not in list_supported_countries():
        return None
    return tuple(sorted(country_holidays(country).weekend))
