"""The time to onboard is the median, exactly."""

from fractions import Fraction

import pytest

from metrics.facts import OnboardingTotals
from metrics.formulas.time_to_onboard import time_to_onboard


@pytest.mark.parametrize(
    ("days", "median"),
    [
        ((14,), 14),
        ((10, 21), Fraction(31, 2)),
        ((3, 8, 90), 8),
        ((3, 8, 14, 90), 11),
        ((0, 0, 0), 0),
    ],
)
def test_it_is_the_one_in_the_middle_or_the_mean_of_two(days: tuple[int, ...], median: Fraction):
    assert time_to_onboard(OnboardingTotals(days=days)).value == median


def test_the_order_does_not_matter():
    assert time_to_onboard(OnboardingTotals(days=(90, 3, 8))).value == 8


def test_its_inputs_say_how_many_there_were_and_how_far_apart():
    inputs = time_to_onboard(OnboardingTotals(days=(3, 8, 13, 90))).inputs
    assert inputs == {"completed": 4, "shortest": 3, "longest": 90}


def test_where_nobody_got_there_there_is_no_answer():
    assert time_to_onboard(OnboardingTotals(in_progress=3)).value is None
