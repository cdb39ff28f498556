"""How far a figure from a few answers may be from what everybody would say: the 95 % margin of a mean.

NPS, CSAT and CES are all means: of 100, 0 and −100 an answer; of 100 and 0; of the scores themselves. The margin is
1.96 standard errors (the normal approximation), worked out in whole numbers and rounded half up, once, at the end.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import isqrt
from typing import Final

from metrics.facts import VoiceTotals

FEW: Final = 5
"""Fewer answers than this are too few to judge by: the approximation means nothing there."""

_NUMERATOR, _DENOMINATOR = 49, 25
"""1.96, the standard errors on either side of a mean that hold 95 % of a normal distribution."""


def margin_of_mean(counts: Mapping[int, int], digits: int = 1) -> Fraction | None:
    """The 95 % margin of the mean of answers, given how often each value was answered, to so many decimals.

    None where it cannot be told: fewer than two answers, or all of the same value, which says nothing of the spread
    among those who were not heard. ValueError for a negative count.

    >>> margin_of_mean({100: 50, -100: 50})
    Fraction(98, 5)
    >>> margin_of_mean({5: 3}) is None
    True
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("an answer cannot be given less than no times")
    answers = sum(counts.values())
    total = sum(value * count for value, count in counts.items())
    spread = answers * sum(value * value * count for value, count in counts.items()) - total * total
    if not spread:
        return None
    # The variance is spread ÷ answers², the squared standard error that ÷ answers.
    unit: int = 10**digits
    squared = Fraction((_NUMERATOR * unit) ** 2 * spread, _DENOMINATOR**2 * answers**3)
    return Fraction(_rounded_root(squared), unit)


def nps_margin(facts: VoiceTotals) -> Fraction | None:
    """The 95 % margin of NPS in points of its scale, to a tenth; None as in `margin_of_mean`.

    >>> nps_margin(VoiceTotals(promoters=50, passives=30, detractors=20))
    Fraction(153, 10)
    """
    return margin_of_mean({100: facts.promoters, 0: facts.passives, -100: facts.detractors})


def csat_margin(facts: VoiceTotals) -> Fraction | None:
    """The 95 % margin of CSAT in points of its scale, to a tenth; None as in `margin_of_mean`.

    >>> csat_margin(VoiceTotals(csat_answers=100, csat_good=80))
    Fraction(39, 5)
    """
    return margin_of_mean({100: facts.csat_good, 0: facts.csat_answers - facts.csat_good})


def ces_margin(scores: Mapping[int, int]) -> Fraction | None:
    """The 95 % margin of CES from how often each score was given, to a hundredth; None as in `margin_of_mean`.

    The totals alone do not tell how far the scores are from their mean.

    >>> ces_margin({1: 10, 5: 10})
    Fraction(22, 25)
    """
    return margin_of_mean(scores, digits=2)


def _rounded_root(square: Fraction) -> int:
    """The square root to the nearest whole number, a half upwards; exact, because no float comes near."""
    return (isqrt(4 * square.numerator // square.denominator) + 1) // 2
