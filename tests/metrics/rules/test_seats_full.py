"""An account that needs all the seats it pays for."""

import pytest

from metrics.judging import Severity, Signal
from metrics.rules.seats_full import RULE
from tests.metrics.accounts import days_ago, judged_by, risk

check = judged_by(RULE)


@pytest.mark.parametrize(
    ("users", "seats", "severity"),
    [
        (17, 20, None),
        (18, 20, Severity.NOTICE),
        (20, 20, Severity.NOTICE),
        (21, 20, Severity.WARNING),
        (2, 2, None),
        (3, 3, Severity.NOTICE),
        (0, 0, None),
    ],
)
def test_nine_of_ten_seats_are_nearly_all(users, seats, severity):
    found = check(risk(usage={"users_28": users, "users_before": 1}, seats_purchased=seats))
    assert (found and found.severity) is severity


def test_it_says_how_many_and_since_when():
    found = check(risk(usage={"users_28": 19, "users_before": 17}))
    assert found is not None
    assert (found.since, found.why.values) == (days_ago(27), {"users": 19, "seats": 20})
    before = check(risk(usage={"users_28": 19, "users_before": 18}))
    assert before is not None
    assert before.since == days_ago(55)


def test_nothing_is_said_where_seats_or_use_are_not_known():
    assert check(risk(seats_purchased=None)) is None
    assert check(risk(usage=None)) is None
    assert check(risk(usage={"users_28": 0})) is None


def test_it_is_a_reason_to_offer_more():
    assert RULE.signal is Signal.EXPANSION
