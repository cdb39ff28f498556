"""Piecewise-linear scales: how factors turn a signal into a share in thousandths, in whole numbers."""

from itertools import pairwise
from typing import NamedTuple

FULL = 1000
"""The whole share: all of a factor's points."""


class Scale(NamedTuple):
    """The share for each whole signal from `first` on; below it and past the last one the share stays as it is."""

    first: int
    shares: tuple[int, ...]


def scale(*corners: tuple[int, int]) -> Scale:
    """A scale from its corners (signal, share in thousandths) by rising signal; between them it runs straight.

    Shares are rounded down, so the scale rises and falls only where its corners do. All are worked out beforehand,
    because thousands of accounts are scored in one go.

    >>> scale((0, 0), (2, 10), (4, 11))
    Scale(first=0, shares=(0, 5, 10, 10, 11))
    """
    shares = [corners[0][1]]
    for (left, low), (right, high) in pairwise(corners):
        shares += [low + (high - low) * step // (right - left) for step in range(1, right - left + 1)]
    return Scale(corners[0][0], tuple(shares))


def share(value: int, on: Scale) -> int:
    """The share in thousandths that a signal has on a scale.

    >>> share(15, scale((0, 0), (10, 800), (20, 1000)))
    900
    """
    first, shares = on
    at = value - first
    if at <= 0:
        return shares[0]
    return shares[at] if at < len(shares) else shares[-1]


def blend(parts: list[tuple[int, int]]) -> int:
    """The mean of shares by weight, rounded down; `parts` are (weight, share) and not empty."""
    earned = total = 0
    for weight, part in parts:
        total += weight
        earned += weight * part
    return earned // total
