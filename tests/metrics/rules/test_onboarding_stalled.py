"""Onboardings that do not come to an end."""

import pytest

from metrics.judging import Severity
from metrics.rules.onboarding_stalled import RULE
from tests.metrics.accounts import days_ago, judged_by, risk

check = judged_by(RULE)


@pytest.mark.parametrize(
    ("days", "severity"),
    [(-3, None), (29, None), (30, Severity.WARNING), (59, Severity.WARNING), (60, Severity.URGENT)],
)
def test_the_days_since_it_began_decide(days, severity):
    found = check(risk(onboarding_started_on=days_ago(days), lifecycle_stage="Onboarding"))
    assert (found and found.severity) is severity


@pytest.mark.parametrize(
    "parts",
    [
        {"onboarding_started_on": None},
        {"activated_on": days_ago(10)},
        {"activated_on": days_ago(0)},
        {"lifecycle_stage": "value"},
    ],
)
def test_one_that_is_over_or_never_began_is_not_stalled(parts):
    assert check(risk(**{"onboarding_started_on": days_ago(90), **parts})) is None


def test_an_activation_that_is_still_to_come_does_not_count():
    found = check(risk(onboarding_started_on=days_ago(40), activated_on=days_ago(-5)))
    assert found is not None
    assert (found.since, found.why.values) == (days_ago(40), {"count": 40, "day": days_ago(40), "usual": 30})
