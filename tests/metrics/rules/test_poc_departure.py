"""People who leave."""

import pytest

from metrics.judging import Severity
from metrics.rules.poc_departure import RULE
from metrics.types import LeftBy
from tests.metrics.accounts import days_ago, judged_by, risk

check = judged_by(RULE)

LEFT = {"points_left_90": 1, "last_left_on": days_ago(5), "last_left_name": "Ana"}


@pytest.mark.parametrize(
    ("contacts", "severity"),
    [
        ({}, None),
        ({"points_active_28": None}, None),
        ({"points": 0, "points_active_28": 0}, None),
        ({"points_active_28": 0}, None),
        (LEFT, Severity.NOTICE),
        ({**LEFT, "points": 0}, Severity.URGENT),
        ({**LEFT, "champions_left_90": 1}, Severity.WARNING),
        ({**LEFT, "champions_left_90": 1, "champions": 0}, Severity.URGENT),
        ({"points_left_90": 1}, None),
    ],
)
def test_who_left_and_who_remains_decides(contacts, severity):
    found = check(risk(contacts=contacts))
    assert (found and found.severity) is severity


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ana", "{name} left on {day}, {count} point of contact remains"),
        (None, "A point of contact left on {day}, {count} remains"),
    ],
)
def test_it_says_who_left_and_when(name, text):
    found = check(risk(contacts={**LEFT, "last_left_name": name}))
    assert found is not None
    assert (found.since, found.why.text, found.why.values["count"]) == (days_ago(5), text, 3)


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (LeftBy.SAID, "{name} left on {day}"),
        (LeftBy.BOUNCED, "Mail to {name} has bounced since {day}"),
        (LeftBy.DEACTIVATED, "The Slack account of {name} was deactivated on {day}"),
        (LeftBy.LEFT_CHANNEL, "{name} left the shared channel on {day}"),
    ],
)
def test_it_says_which_sign_it_was(by, words):
    found = check(risk(contacts={**LEFT, "last_left_by": by}))
    assert found is not None
    assert found.why.text.startswith(f"{words}, ")
    assert (found.why.many or "").startswith(f"{words}, ")
    assert (found.severity, found.since) == (Severity.NOTICE, days_ago(5))
