"""People who are not seen any more, although their colleagues are."""

import pytest

from metrics.account_facts import DaysOff, QuietPoint
from metrics.judging import Severity
from metrics.rules.poc_silent import RULE
from tests.metrics.accounts import CONTACTS, USAGE, days_ago, judged_by, risk

check = judged_by(RULE)


def quiet(days: int, active: int = 60, *, champion: bool = False, name: str = "Ana") -> QuietPoint:
    return QuietPoint(name, champion, days_ago(days), active)


@pytest.mark.parametrize(
    ("contacts", "severity"),
    [
        ({}, None),
        ({"quiet": (quiet(27),)}, None),
        ({"quiet": (quiet(28),)}, Severity.NOTICE),
        ({"quiet": (quiet(28, champion=True),)}, Severity.WARNING),
        ({"quiet": (quiet(28),), "points": 1}, Severity.WARNING),
        ({"quiet": (quiet(60, active=8),)}, Severity.NOTICE),
        ({"quiet": (quiet(50, active=8),)}, None),
        ({"quiet": (quiet(90, active=7),)}, None),
        ({"points_active_28": 0}, Severity.NOTICE),
        ({"points_active_28": None}, None),
        ({"points": 0, "points_active_28": 0}, None),
    ],
)
def test_a_silence_counts_against_ones_own_habit(contacts, severity):
    found = check(risk(contacts=contacts))
    assert (found and found.severity) is severity


def test_it_says_who_is_silent_since_when_and_what_was_usual():
    bo = quiet(40, name="Bo")
    found = check(risk(contacts={"quiet": (quiet(50), quiet(30, champion=True, name="Cy"), bo)}))
    assert found is not None
    assert found.since == days_ago(30)
    assert (found.why.values["name"], found.why.values["count"], found.why.values["active"]) == ("Cy", 30, 60)


def test_days_off_are_no_silence():
    off = DaysOff(tuple(days_ago(days) for days in (3, 2, 1)), 3, 0)
    contacts = CONTACTS._replace(quiet=(quiet(30),))
    assert check(risk(contacts=contacts)) is not None
    assert check(risk(contacts=contacts, usage=USAGE._replace(off=off))) is None


def test_where_usage_ends_earlier_the_silence_does_too():
    until = {"until": days_ago(5)}
    assert check(risk(contacts={"quiet": (quiet(32),)}, usage=until)) is None
    assert check(risk(contacts={"quiet": (quiet(33),)}, usage=until)) is not None


def test_nothing_is_said_of_accounts_without_known_people():
    assert check(risk(contacts=None)) is None
