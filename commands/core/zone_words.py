"""Time zones as people name them: `Europe/Madrid`, `madrid`, `new york`."""

from functools import cache
from typing import Final
from zoneinfo import available_timezones

from rapidfuzz import process

from commands.core.errors import NotUnderstood
from commands.core.words import short, squeezed
from metrics.types import Sentence

NEAREST: Final = 3
_NO_PLACES: Final = ("Etc/", "posix/", "right/", "SystemV/")


def zone_named(text: str) -> str:
    """The IANA name of the zone that is meant: its whole name, or its place if only one zone has a place of that name.

    NotUnderstood with the nearest ones as suggestions.
    """
    wanted = squeezed(text)
    known = _zones()
    found = known.get(wanted, ())
    if len(found) == 1:
        return found[0]
    near = found or [known[name][0] for name, _, _ in process.extract(wanted, known.keys(), limit=NEAREST)]
    suggestions = tuple(dict.fromkeys(near))[:NEAREST]
    raise NotUnderstood(
        Sentence(
            "I know no time zone “{name}”. Name one like {near}.",
            {"name": short(text), "near": ", ".join(suggestions)},
        ),
        suggestions=suggestions,
    )


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    """The zones by what they may be called."""
    zones: dict[str, tuple[str, ...]] = {}
    for name in sorted(available_timezones()):
        zones[squeezed(name)] = (name,)
    for name in sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(_NO_PLACES)):
        place = squeezed(name.rpartition("/")[2])
        if zones.get(place, ("",))[0].find("/") >= 0 or place not in zones:
            zones[place] = (*zones.get(place, ()), name)
    return zones
