"""Use is compared with the account's own habit."""

import pytest

from metrics.account_facts import DaysOff
from metrics.judging import Severity
from metrics.rules.usage_drop import RULE
from metrics.types import plural
from tests.metrics.accounts import days_ago, judged_by, risk

check = judged_by(RULE)


@pytest.mark.parametrize(
    ("now", "severity"),
    [
        (200, None),
        (120, None),
        (119, Severity.WARNING),
        (60, Severity.WARNING),
        (59, Severity.URGENT),
        (0, Severity.URGENT),
    ],
)
def test_a_fall_below_the_habit_is_found(now, severity):
    found = check(risk(usage={"sessions_28": now, "sessions_before": 200, "sessions_90": now + 450}))
    assert (found and found.severity) is severity


def test_one_busy_window_is_no_habit():
    found = check(risk(usage={"sessions_28": 110, "sessions_before": 400, "sessions_90": 550}))
    assert found is not None
    assert found.why.values["habit"] == 198
    assert check(risk(usage={"sessions_28": 120, "sessions_before": 400, "sessions_90": 540})) is None


def test_quiet_accounts_are_noise():
    assert check(risk(usage={"sessions_28": 0, "sessions_before": 19, "sessions_90": 100})) is None


def test_a_short_history_is_no_habit():
    drop = {"sessions_28": 10, "sessions_before": 100, "sessions_90": 110}
    assert check(risk(usage={**drop, "first_on": days_ago(54)})) is None
    found = check(risk(usage={**drop, "first_on": days_ago(55)}))
    assert found is not None
    assert (found.severity, found.since) == (Severity.URGENT, days_ago(27))


@pytest.mark.parametrize(
    ("days", "before", "severity"),
    [
        (12, 20, None),
        (11, 20, Severity.WARNING),
        (5, 20, Severity.URGENT),
        (0, 7, None),
        (4, 8, Severity.WARNING),
    ],
)
def test_where_nobody_counts_sessions_days_of_use_do(days, before, severity):
    no_sessions = {"sessions_28": 0, "sessions_before": 0, "sessions_90": 0}
    found = check(risk(usage={**no_sessions, "active_days_28": days, "active_days_before": before}))
    assert (found and found.severity) is severity
    if found is not None:
        assert found.why.values == {"count": days, "habit": before}


def test_how_few_days_of_use_are_noise_can_be_turned():
    no_sessions = {"sessions_28": 0, "sessions_before": 0, "sessions_90": 0}
    facts = risk(usage={**no_sessions, "active_days_28": 1, "active_days_before": 5})
    assert judged_by(RULE, least_days=5)(facts) is not None
    assert judged_by(RULE, least_days=6)(facts) is None


def test_days_off_are_left_out_of_both_windows_and_it_is_said():
    fallen = {"sessions_28": 110, "sessions_before": 200, "sessions_90": 550}
    off = DaysOff((days_ago(1),), left_out=8, left_out_before=16, sessions_28=10, sessions_before=60, sessions_90=150)
    assert check(risk(usage=fallen)) is not None
    assert check(risk(usage={**fallen, "off": off})) is None
    found = check(risk(usage={**fallen, "sessions_28": 60, "sessions_90": 500, "off": off}))
    assert found is not None
    assert found.why.values["why"] == plural(
        "{count} session in 28 days, usually {habit}", "{count} sessions in 28 days, usually {habit}", 50, habit=130
    )
    assert found.why.values["left_out"] == plural("{count} day off left out", "{count} days off left out", 8)
