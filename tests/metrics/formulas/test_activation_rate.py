"""The activation rate follows the users that started in the period."""

from fractions import Fraction

import pytest

from metrics.facts import OnboardingTotals
from metrics.formulas.activation_rate import activation_rate


@pytest.mark.parametrize(
    ("activated", "started", "rate"), [(3, 4, Fraction(3, 4)), (0, 4, Fraction(0)), (4, 4, Fraction(1))]
)
def test_it_is_the_share_that_got_there(activated: int, started: int, rate: Fraction):
    assert activation_rate(OnboardingTotals(users_started=started, users_activated=activated)).value == rate


def test_without_anybody_who_started_there_is_no_answer():
    assert activation_rate(OnboardingTotals(days=(12,), in_progress=3)).value is None
