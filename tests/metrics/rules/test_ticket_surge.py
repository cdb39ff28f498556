"""Tickets against the account's own habit."""

import pytest

from metrics.judging import Severity
from metrics.rules.ticket_surge import RULE
from tests.metrics.accounts import days_ago, judged_by, risk

check = judged_by(RULE)


@pytest.mark.parametrize(
    ("now", "before", "severity"),
    [
        (4, 3, None),
        (5, 0, None),
        (6, 9, None),
        (7, 9, Severity.NOTICE),
        (9, 9, Severity.NOTICE),
        (10, 9, Severity.WARNING),
    ],
)
def test_more_than_twice_the_usual_is_a_surge(now, before, severity):
    found = check(risk(service={"opened_28": now, "opened_before": before}))
    assert (found and found.severity) is severity


def test_a_young_account_has_no_habit():
    surge = {"opened_28": 20, "opened_before": 3}
    assert check(risk(service=surge, created_on=days_ago(111))) is None
    found = check(risk(service=surge, created_on=days_ago(112)))
    assert found is not None
    assert (found.since, found.why.values) == (days_ago(27), {"count": 20, "before": 3})
    assert check(risk(service=surge, created_on=None)) is not None
