"""Onboardings completed are counted; a quiet period is a zero only where something is known of onboardings."""

import pytest

from metrics.facts import OnboardingTotals
from metrics.formulas.onboardings import onboardings


def test_each_account_that_was_activated_counts():
    assert onboardings(OnboardingTotals(days=(3, 8, 90), known=True)).value == 3


def test_a_period_in_which_nobody_got_there_is_a_zero():
    assert onboardings(OnboardingTotals(known=True)).value == 0


@pytest.mark.parametrize("facts", [OnboardingTotals(), OnboardingTotals(users_started=2)])
def test_where_nothing_is_known_of_onboardings_there_is_no_answer(facts: OnboardingTotals):
    assert onboardings(facts).value is None
