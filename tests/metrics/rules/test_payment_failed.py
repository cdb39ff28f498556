"""Failed payments that are open."""

import pytest

from metrics.judging import Severity
from metrics.rules.payment_failed import RULE
from metrics.types import Money
from tests.metrics.accounts import days_ago, judged_by, risk

check = judged_by(RULE)

FAILED = {"failed_open": 1, "failed_amount": Money(12_000, "EUR"), "failed_on": days_ago(3)}


@pytest.mark.parametrize(
    ("money", "severity"),
    [
        ({}, None),
        (FAILED, Severity.WARNING),
        ({**FAILED, "failed_on": days_ago(13)}, Severity.WARNING),
        ({**FAILED, "failed_on": days_ago(14)}, Severity.URGENT),
        ({**FAILED, "failed_open": 2}, Severity.URGENT),
        ({"failed_open": 1}, Severity.WARNING),
    ],
)
def test_age_and_number_decide(money, severity):
    found = check(risk(money=money))
    assert (found and found.severity) is severity


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (FAILED, "{count} payment of {amount} failed on {day} and is still open; invoices in a year: {invoices}"),
        ({"failed_open": 1}, "{count} failed payment is open; invoices in a year: {invoices}"),
    ],
)
def test_it_says_what_is_known(money, text):
    found = check(risk(money=money))
    assert found is not None
    assert (found.why.text, found.since) == (text, money.get("failed_on"))
