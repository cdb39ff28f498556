"""Exact arithmetic that several figures share: shares, and division of whole numbers with a stated rounding."""

from fractions import Fraction


def ratio(numerator: int | Fraction, denominator: int | Fraction) -> Fraction | None:
    """`numerator` ÷ `denominator`, exactly; None where the denominator is 0, because there is no answer.

    >>> ratio(4, 212)
    Fraction(1, 53)
    >>> ratio(4, 0) is None
    True
    """
    return Fraction(numerator) / denominator if denominator else None


def half_even(numerator: int, denominator: int) -> int:
    """`numerator` ÷ `denominator` to the nearest whole number, a half to the even one; `denominator` is positive.

    >>> [half_even(n, 2) for n in (1, 3, 5, -1)]
    [0, 2, 2, 0]
    """
    quotient, rest = divmod(numerator, denominator)
    twice = 2 * rest
    return quotient + (twice > denominator or (twice == denominator and quotient % 2))


def half_up(numerator: int, denominator: int) -> int:
    """`numerator` ÷ `denominator` to the nearest whole number, a half upwards; `denominator` is positive.

    >>> [half_up(n, 2) for n in (1, 3, 4)]
    [1, 2, 2]
    """
    return (2 * numerator + denominator) // (2 * denominator)
