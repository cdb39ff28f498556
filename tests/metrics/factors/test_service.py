"""Service starts at all points and loses them to escalations and to more tickets than usual."""

import pytest

from metrics.factors.service import service
from metrics.types import Reading
from tests.metrics.accounts import account, days_ago


def reading(**tickets: object) -> Reading:
    found = service(account(service=tickets))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("tickets", "permille"),
    [
        ({}, 1000),
        ({"opened_28": 1, "opened_before": 0}, 850),
        ({"opened_28": 6}, 600),
        ({"open_now": 10}, 500),
        ({"escalated_90": 1}, 850),
        ({"escalated_open": 1, "escalated_90": 1}, 340),
        ({"escalated_open": 3}, 0),
    ],
)
def test_what_applies_is_multiplied(tickets, permille):
    assert reading(**tickets).permille == permille


@pytest.mark.parametrize(
    ("tickets", "text"),
    [
        ({}, "{count} ticket in 28 days, {before} in the 84 days before, {open} open now"),
        ({"escalated_90": 1}, "{count} ticket escalated in 90 days, {open} open now"),
        (
            {"escalated_open": 1, "oldest_escalated_on": days_ago(3)},
            "{count} escalated ticket is open, since {day}",
        ),
    ],
)
def test_the_fact_says_what_matters_most(tickets, text):
    assert reading(**tickets).fact.text == text
