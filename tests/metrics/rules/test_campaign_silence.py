"""An account that used to open its campaigns and no longer does."""

from typing import Any

import pytest

from metrics.judging import Finding, Severity
from metrics.rules.campaign_silence import RULE
from tests.metrics.accounts import days_ago, judged_by, risk

check = judged_by(RULE)


def silent(**values: Any) -> Finding | None:
    campaigns: dict[str, Any] = {
        "sent_90": 3,
        "opened_90": 0,
        "opened_before": 4,
        "last_opened_on": days_ago(100),
        **values,
    }
    return check(risk(campaigns=campaigns))


@pytest.mark.parametrize(
    ("sent", "severity"), [(0, None), (1, None), (2, Severity.NOTICE), (5, Severity.NOTICE), (6, Severity.WARNING)]
)
def test_several_unopened_campaigns_are_a_silence(sent, severity):
    found = silent(sent_90=sent)
    assert (found and found.severity) is severity


def test_one_that_was_opened_ends_it():
    assert silent(opened_90=1) is None


def test_who_never_opened_any_has_not_fallen_silent():
    assert silent(opened_before=0, last_opened_on=None) is None


def test_without_campaigns_nothing_is_said():
    assert check(risk(campaigns=None)) is None


def test_it_says_since_when_and_what_was_usual():
    found = silent()
    assert found is not None
    assert found.since == days_ago(100)
    assert found.why.values == {"count": 3, "before": 4, "day": days_ago(100)}
