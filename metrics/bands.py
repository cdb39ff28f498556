"""Where a monthly churn is great, acceptable or bad, by the size of the accounts it is about."""

from fractions import Fraction
from typing import Final

from metrics.types import ChurnBand, Definitions, Grade

SMALL_AND_MEDIUM: Final = ChurnBand(Fraction(3, 100), Fraction(5, 100))
LARGE: Final = ChurnBand(Fraction(0), Fraction(1, 100), high_is_bad=True)
LARGE_SEGMENTS: Final = frozenset({"large", "enterprise", "corporate", "strategic"})
"""What segments of large accounts are called, whose names are free text (in lower case here)."""


def churn_band(segment: str | None, definitions: Definitions) -> ChurnBand:
    """The band for a segment as the company has decided it, else the usual one; None is the whole company.

    >>> churn_band("Enterprise", Definitions()).high
    Fraction(1, 100)
    """
    decided, name = definitions.churn_bands, (segment or "").strip().casefold()
    own = {each.strip().casefold(): band for each, band in decided.segments.items()}
    if name in own:
        return own[name]
    return LARGE if name in LARGE_SEGMENTS else decided.company or SMALL_AND_MEDIUM


def grade_churn(monthly: Fraction, segment: str | None, definitions: Definitions) -> Grade:
    """How one month's churn is to be taken; whoever has a longer period passes its mean a month.

    Zero or less (net churn) is great in every segment, and so is anything below the acceptable range.

    >>> [grade_churn(Fraction(4, 100), segment, Definitions()).value for segment in (None, "enterprise")]
    ['acceptable', 'bad']
    """
    band = churn_band(segment, definitions)
    if monthly <= 0 or monthly < band.low:
        return Grade.GREAT
    if monthly < band.high or (monthly == band.high and not band.high_is_bad):
        return Grade.ACCEPTABLE
    return Grade.BAD
