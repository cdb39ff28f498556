"""What health factors weigh, as a setting: `use=30 money=15; enterprise: relationship=30`."""

from collections.abc import Mapping
from typing import NamedTuple

from metrics.factors import all_factors

MOST_POINTS = 1000


class Points(NamedTuple):
    """Points by factor for the company, and for segments that have their own."""

    company: Mapping[str, int] = {}
    segments: Mapping[str, Mapping[str, int]] = {}

    def __str__(self) -> str:
        parts = [_written(self.company), *(f"{name}: {_written(points)}" for name, points in self.segments.items())]
        return "; ".join(part for part in parts if part)


def points_of(text: object) -> Points:
    """The points that a text says; ValueError names the part that says nothing."""
    if isinstance(text, Points):
        return text
    company: dict[str, int] = {}
    segments: dict[str, dict[str, int]] = {}
    for part in str(text).split(";"):
        name, colon, points = part.rpartition(":")
        if not colon:
            company |= _read(points)
        elif name.strip():
            segments.setdefault(name.strip(), {}).update(_read(points))
        else:
            raise ValueError(f"{part.strip()!r} names no segment before its colon")
    return Points(company, segments)


def _read(text: str) -> dict[str, int]:
    known = all_factors()
    points = {}
    for word in text.split():
        factor, _, number = word.partition("=")
        if factor not in known or not number.isdecimal() or int(number) > MOST_POINTS:
            raise ValueError(
                f"expected factor=points with one of {', '.join(known)} and 0 to {MOST_POINTS}, not {word!r}"
            )
        points[factor] = int(number)
    return points


def _written(points: Mapping[str, int]) -> str:
    return " ".join(f"{factor}={number}" for factor, number in points.items())
