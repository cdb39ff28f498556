"""In which time zone somebody at a customer lives and when they rest there, as far as that is known."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from commands.core.request import Company
from metrics.clocks import Clock
from storage.queries.rest_days import Rest, rest_of
from storage.session import Session

_MAIN: Final = {
    "AR": "America/Argentina/Buenos_Aires",
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CD": "Africa/Kinshasa",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "FM": "Pacific/Pohnpei",
    "GL": "America/Nuuk",
    "ID": "Asia/Jakarta",
    "KI": "Pacific/Tarawa",
    "KZ": "Asia/Almaty",
    "MH": "Pacific/Majuro",
    "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PF": "Pacific/Tahiti",
    "PG": "Pacific/Port_Moresby",
    "PS": "Asia/Gaza",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
    "UZ": "Asia/Tashkent",
}
"""Of countries that have several: the one of the capital's clock, or of most people."""


def clocks(
    db: Session, people: Iterable[tuple[str | None, str | None]], company: Company, now: datetime
) -> list[Clock]:
    """The clock of each person, of whom the zone's name and the account's country (ISO 3166) are given, from now on.

    Of a known country the weekend is its own and not the company's, and its holidays are days off; a company that has
    no days off has none anywhere.
    """
    known = list(people)
    since = now.date() - timedelta(days=1)
    rest = rest_of(db, {country for _, country in known}, since=since) if company.quiet.days_off else {}
    kept: dict[tuple[str | None, str | None], Clock] = {}
    for one in known:
        if one not in kept:
            kept[one] = _clock(*one, rest, company)
    return [kept[one] for one in known]


def _clock(name: str | None, country: str | None, rest: Mapping[str, Rest], company: Company) -> Clock:
    zone = zone_of(name, country, company.zone)
    there = None if country is None else rest.get(country)
    if there is None:
        return Clock(zone, company.quiet)
    weekend = company.quiet.days_off if there.weekend is None else there.weekend
    return Clock(zone, company.quiet._replace(days_off=weekend), there.days)


def zone_of(name: str | None, country: str | None, otherwise: ZoneInfo) -> ZoneInfo:
    """The zone of that name, or the main one of the country (ISO 3166), or `otherwise`: the first that is known.

    >>> str(zone_of(None, "US", ZoneInfo("UTC")))
    'America/New_York'
    """
    return _named(name) or _named(_main(country)) or otherwise


def _main(country: str | None) -> str | None:
    if country is None:
        return None
    zones: Mapping[str, list[str]] = get_global("territory_zones")
    return _MAIN.get(country) or next(iter(zones.get(country, ())), None)


@cache
def _named(name: str | None) -> ZoneInfo | None:
    try:
        return None if not name else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None
