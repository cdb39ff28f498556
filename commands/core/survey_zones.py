"""In which time zone somebody at a customer lives, as far as that is known."""

from collections.abc import Mapping
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

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
