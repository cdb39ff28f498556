"""Escalated tickets that are open."""

import pytest

from metrics.judging import Severity
from metrics.rules.escalation import RULE
from tests.metrics.accounts import days_ago, judged_by, risk

check = judged_by(RULE)


@pytest.mark.parametrize(
    ("tickets", "severity"),
    [
        ({"escalated_90": 3}, None),
        ({"escalated_open": 1}, Severity.WARNING),
        ({"escalated_open": 1, "oldest_escalated_on": days_ago(6)}, Severity.WARNING),
        ({"escalated_open": 1, "oldest_escalated_on": days_ago(7)}, Severity.URGENT),
        ({"escalated_open": 2}, Severity.URGENT),
    ],
)
def test_age_and_number_decide(tickets, severity):
    found = check(risk(service=tickets))
    assert (found and found.severity) is severity


def test_it_says_since_when_and_how_often_of_late():
    found = check(risk(service={"escalated_open": 1, "escalated_90": 4, "oldest_escalated_on": days_ago(2)}))
    assert found is not None
    assert (found.since, found.why.values) == (days_ago(2), {"count": 1, "recent": 4})
