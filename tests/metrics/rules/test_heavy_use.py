"""An account that far more people use than a month ago."""

from fractions import Fraction

import pytest

from metrics.judging import Severity, Signal
from metrics.rules.heavy_use import RULE
from tests.metrics.accounts import days_ago, judged_by, risk

check = judged_by(RULE)


@pytest.mark.parametrize(
    ("users", "before", "severity"),
    [
        (12, 10, None),
        (13, 10, Severity.NOTICE),
        (19, 10, Severity.NOTICE),
        (20, 10, Severity.WARNING),
        (8, 4, None),
        (5, 0, None),
    ],
)
def test_nearly_a_third_more_people_is_heavy_use(users, before, severity):
    found = check(risk(usage={"users_28": users, "users_before": before}))
    assert (found and found.severity) is severity


def test_it_says_how_many_more():
    found = check(risk(usage={"users_28": 15, "users_before": 10}))
    assert found is not None
    assert found.since == days_ago(27)
    assert found.why.values == {"users": 15, "before": 10, "growth": Fraction(1, 2)}


def test_the_first_weeks_of_an_account_say_nothing():
    assert check(risk(usage={"users_28": 15, "users_before": 10, "first_on": days_ago(88)})) is None
    assert check(risk(usage={"users_28": 15, "users_before": 10, "first_on": days_ago(89)})) is not None
    assert check(risk(usage=None)) is None


def test_it_is_a_reason_to_offer_more():
    assert RULE.signal is Signal.EXPANSION
