"""Where a monthly churn is great, acceptable or bad, by the size of the accounts it is about."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from metrics.types import Grade


class ChurnBand(NamedTuple):
    """The acceptable range of a month's churn: below `low` is great, above `high` is bad."""

    low: Fraction
    high: Fraction
    high_is_bad: bool = False
    """Whether `high` itself is bad already ("under 1 %"), rather than the last acceptable value ("3 to 5 %")."""


SMALL_AND_MEDIUM = ChurnBand(Fraction(3, 100), Fraction(5, 100))
LARGE = ChurnBand(Fraction(0), Fraction(1, 100), high_is_bad=True)

BANDS: Mapping[str, ChurnBand] = {
    "smb": SMALL_AND_MEDIUM,
    "small": SMALL_AND_MEDIUM,
    "startup": SMALL_AND_MEDIUM,
    "mid": SMALL_AND_MEDIUM,
    "medium": SMALL_AND_MEDIUM,
    "mid-market": SMALL_AND_MEDIUM,
    "midmarket": SMALL_AND_MEDIUM,
    "large": LARGE,
    "enterprise": LARGE,
    "corporate": LARGE,
    "strategic": LARGE,
}
"""By segment, whose name is free text (in lower case here); all others, and the whole company, are SMALL_AND_MEDIUM."""


def churn_band(segment: str | None) -> ChurnBand:
    """The band for a segment; upper and lower case are the same, None is the whole company.

    >>> churn_band("Enterprise").high
    Fraction(1, 100)
    """
    return SMALL_AND_MEDIUM if segment is None else BANDS.get(segment.strip().casefold(), SMALL_AND_MEDIUM)


def grade_churn(monthly: Fraction, segment: str | None) -> Grade:
    """How one month's churn is to be taken; whoever has a longer period passes its mean a month.

    Zero or less (net churn) is great in every segment, and so is anything below the acceptable range.

    >>> grade_churn(Fraction(4, 100), None).value, grade_churn(Fraction(4, 100), "enterprise").value
    ('acceptable', 'bad')
    """
    band = churn_band(segment)
    if monthly <= 0 or monthly < band.low:
        return Grade.GREAT
    if monthly < band.high or (monthly == band.high and not band.high_is_bad):
        return Grade.ACCEPTABLE
    return Grade.BAD
