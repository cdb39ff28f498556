"""The usage trend compares 28 days with the 28 before."""

from fractions import Fraction

import pytest

from metrics.facts import ProductTotals
from metrics.formulas.usage_trend import usage_trend


@pytest.mark.parametrize(
    ("now", "before", "trend"),
    [(150, 100, Fraction(1, 2)), (100, 100, Fraction(0)), (75, 100, Fraction(-1, 4)), (0, 100, Fraction(-1))],
)
def test_it_is_the_growth(now: int, before: int, trend: Fraction):
    assert usage_trend(ProductTotals(use_now=now, use_before=before)).value == trend


@pytest.mark.parametrize("now", [0, 5])
def test_without_use_before_there_is_nothing_to_compare_with(now: int):
    assert usage_trend(ProductTotals(use_now=now)).value is None
