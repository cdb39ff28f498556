"""Onboardings completed are counted; a quiet period is a zero only where something is known of onboardings."""

import pytest

from metrics.facts import OnboardingTotals
from metrics.formulas.onboardings import onboardings


def test_each_account_that_was_activated_counts():
    assert onboardings(OnboardingTotals(days=(3, 8, 90))).value == 3


@pytest.mark.parametrize("facts", [OnboardingTotals(in_progress=1), OnboardingTotals(users_started=2)])
def test_a_period_in_which_nobody_got_there_is_a_zero(facts: OnboardingTotals):
    assert onboardings(facts).value == 0


def test_where_nothing_is_known_there_is_no_answer():
    assert onboardings(OnboardingTotals()).value is None
