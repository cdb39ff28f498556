"""What health factors weigh, as a setting: `use=30 money=15; enterprise: relationship=30`."""

from bot.by_segment import BySegment, by_segment
from metrics.factors import all_factors

MOST_POINTS = 1000


def points_of(text: object) -> BySegment:
    """The points by factor that a text says; ValueError names the part that says nothing."""
    return by_segment(text, _read)


def _read(word: str) -> tuple[str, int]:
    known = all_factors()
    factor, _, number = word.partition("=")
    if factor not in known or not number.isdecimal() or int(number) > MOST_POINTS:
        raise ValueError(f"expected factor=points with one of {', '.join(known)} and 0 to {MOST_POINTS}, not {word!r}")
    return factor, int(number)
