"""ARPA is an exact mean."""

from fractions import Fraction

from metrics.formulas.arpa import average_revenue_per_account
from tests.metrics.books import OCTOBER, october


def test_it_is_closing_mrr_over_customers_at_closing():
    assert average_revenue_per_account(OCTOBER).value == Fraction(108_000, 104)


def test_without_customers_there_is_no_answer():
    assert average_revenue_per_account(october(customers_closing=0)).value is None
