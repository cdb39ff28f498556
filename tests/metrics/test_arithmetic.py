"""Rounding of whole numbers is what it says."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from metrics.arithmetic import half_even, half_up, ratio


@given(st.integers(), st.integers(1, 10**6))
def test_half_even_is_what_python_rounds_fractions_to(numerator, denominator):
    assert half_even(numerator, denominator) == round(Fraction(numerator, denominator))


@given(st.integers(), st.integers(1, 10**6))
def test_half_up_is_the_nearest_and_the_upper_of_two(numerator, denominator):
    distance = half_up(numerator, denominator) - Fraction(numerator, denominator)
    assert -Fraction(1, 2) < distance <= Fraction(1, 2)


@given(st.integers(), st.integers())
def test_a_ratio_is_exact_and_nothing_over_zero(numerator, denominator):
    value = ratio(numerator, denominator)
    assert value is None if denominator == 0 else value == Fraction(numerator, denominator)
