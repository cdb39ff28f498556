"""Acceptable churn as a setting, in percent a month: `3-5; enterprise: 0-1; smb: 4-7`."""

import re
from fractions import Fraction
from typing import Final, NamedTuple

from metrics.types import ChurnBand, ChurnBands

EXPECTED: Final = "expected percent a month, low-high, such as 3-5; enterprise: 0-1"
_RANGE: Final = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%?\s*[-–]\s*(\d{1,3}(?:\.\d+)?)\s*%?")


class Bands(NamedTuple):
    """The bands as they were written, and what they mean."""

    text: str = ""
    decided: ChurnBands = ChurnBands()

    def __str__(self) -> str:
        return self.text


def bands_of(text: object) -> Bands:
    """The bands that a text says; ValueError names the part that says none."""
    if isinstance(text, Bands):
        return text
    company: ChurnBand | None = None
    segments: dict[str, ChurnBand] = {}
    for part in str(text).split(";"):
        name, colon, told = part.rpartition(":")
        if not colon:
            company = _band(told)
        elif name.strip():
            segments[name.strip()] = _band(told)
        else:
            raise ValueError(f"{part.strip()!r} names no segment before its colon")
    return Bands(str(text).strip(), ChurnBands(company, segments))


def _band(text: str) -> ChurnBand:
    found = _RANGE.fullmatch(text.strip())
    low, high = (Fraction(number) / 100 for number in found.groups()) if found else (Fraction(1), Fraction(0))
    if not low <= high <= 1:
        raise ValueError(f"{EXPECTED}, not {text.strip()!r}")
    return ChurnBand(low, high)
