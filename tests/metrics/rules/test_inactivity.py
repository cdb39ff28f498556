"""Silence is judged by how often the account usually uses the product."""

from datetime import date

import pytest

from metrics.account_facts import DaysOff
from metrics.judging import Severity
from metrics.rules.inactivity import RULE
from metrics.types import plural
from tests.metrics.accounts import days_ago, judged_by, risk

check = judged_by(RULE)


@pytest.mark.parametrize(
    ("quiet_days", "active_days", "severity"),
    [
        (6, 40, None),
        (7, 40, Severity.WARNING),
        (13, 40, Severity.WARNING),
        (14, 40, Severity.URGENT),
        (13, 12, None),
        (14, 12, Severity.WARNING),
        (27, 4, None),
        (28, 4, Severity.WARNING),
        (42, 4, Severity.URGENT),
        (41, 3, None),
        (42, 3, Severity.URGENT),
        (60, 0, Severity.URGENT),
    ],
)
def test_four_times_the_usual_distance_is_a_silence(quiet_days, active_days, severity):
    usage = {"last_on": days_ago(quiet_days), "active_days_28": 0, "active_days_before": active_days}
    found = check(risk(usage=usage))
    assert (found and found.severity) is severity


def test_a_silence_is_no_part_of_the_habit_it_is_judged_by():
    weekly = {"active_days_28": 0, "active_days_before": 4, "last_on": days_ago(28)}
    assert check(risk(usage=weekly)) is not None, "used on 4 of the 28 days before 28 of silence"


def test_without_a_habit_only_six_weeks_of_silence_count():
    young = {"first_on": days_ago(50), "active_days_28": 0, "active_days_before": 20}
    assert check(risk(usage={**young, "last_on": days_ago(35)})) is None
    assert check(risk(usage={**young, "last_on": days_ago(42)})) is not None


def test_it_says_since_when_and_what_was_usual():
    found = check(risk(usage={"last_on": days_ago(10), "active_days_28": 11, "active_days_before": 20}))
    assert found is not None
    assert found.since == date(2026, 11, 13)
    assert found.why == plural(
        "Not used for {count} day, since {day}; used on {active} of the last 56 days",
        "Not used for {count} days, since {day}; used on {active} of the last 56 days",
        10,
        day=date(2026, 11, 13),
        active=31,
    )


def test_days_off_are_no_silence():
    quiet = {"last_on": days_ago(9)}
    assert check(risk(usage=quiet)) is not None
    off = DaysOff(tuple(days_ago(ago) for ago in (30, 4, 3, 2)), left_out=3, left_out_before=4)
    assert check(risk(usage={**quiet, "off": off})) is None
    found = check(risk(usage={"last_on": days_ago(10), "off": off}))
    assert found is not None
    assert found.severity is Severity.WARNING
    assert found.why.values["left_out"] == plural("{count} day off left out", "{count} days off left out", 3)
