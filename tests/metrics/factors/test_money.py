"""Money starts at all points and loses them to unpaid invoices, cuts and a renewal ahead."""

from dataclasses import replace
from datetime import timedelta

import pytest

from metrics.factors.money import money
from metrics.feeds import Stop
from tests.metrics.accounts import TODAY, account


@pytest.mark.parametrize(
    ("parts", "permille", "text"),
    [
        ({}, 1000, "Nothing failed or overdue; renews on {day}"),
        ({"renewal_on": None}, 1000, "Nothing failed or overdue, MRR not cut in 90 days"),
        ({"renewal_on": TODAY + timedelta(days=30)}, 850, "Nothing failed or overdue; renews on {day}"),
        (
            {"renewal_on": TODAY - timedelta(days=5)},
            600,
            "Nothing failed or overdue; the renewal date, {day}, has passed",
        ),
        ({"money": {"failed_open": 1}}, 400, "{count} failed payment is open"),
        ({"money": {"overdue_days": 30}}, 500, "An invoice is overdue by {count} day"),
        ({"contraction": {"lost_90": 5_000}}, 750, "MRR cut by {part} in 90 days"),
        ({"money": {"failed_open": 1, "overdue_days": 30}}, 200, "{count} failed payment is open"),
        (
            {"contraction": {"lost_90": 5_000, "mrr_before_90": 0}},
            1000,
            "Nothing failed or overdue; renews on {day}",
        ),
    ],
)
def test_what_applies_is_multiplied_and_the_worst_is_said(parts, permille, text):
    reading = money(account(**parts))
    assert reading is not None
    assert (reading.permille, reading.fact.text) == (permille, text)


def test_neither_an_invoice_nor_an_mrr_to_compare_with_is_no_data():
    assert money(account(money={"invoices_365": 0}, contraction={"mrr_before_90": 0})) is None
    assert money(account(money=None, contraction=None)) is None


def test_an_account_without_invoices_is_read_by_what_it_pays():
    reading = money(account(money=None, contraction={"lost_90": 5_000}))
    assert reading is not None
    assert reading.permille == 750


def test_while_invoices_do_not_come_in_nothing_is_known_of_paying():
    stopped = {"invoices": Stop(TODAY - timedelta(days=9), TODAY)}
    assert money(replace(account(money=None), stopped=stopped)) is None
