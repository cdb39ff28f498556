"""Failed payments that are open."""

import pytest

from metrics.judging import Severity
from metrics.rules.payment_failed import RULE, recovered
from metrics.types import Money
from tests.metrics.accounts import account, days_ago, judged_by, risk

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


def test_what_was_paid_shows_that_it_is_over():
    assert recovered(account()) is None
    assert recovered(account(money=None)) is None
    shown = recovered(account(money={"recovered_on": days_ago(1)}))
    assert shown is not None
    assert (shown.text, shown.values["day"]) == ("paid on {day}", days_ago(1))
    assert recovered(account(money={"recovered_on": days_ago(1), "failed_open": 1})) is None
