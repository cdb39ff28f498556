"""ARPU is revenue as it was paid, for each customer."""

from fractions import Fraction

from metrics.facts import ValueFacts
from metrics.formulas.arpu import average_revenue_paid
from tests.metrics.books import EMPTY, OCTOBER


def test_it_is_revenue_paid_over_mean_customers():
    assert average_revenue_paid(ValueFacts(OCTOBER, paid=1_020_000)).value == Fraction(10_000)  # 100 and 104 customers


def test_without_invoices_there_is_no_answer():
    assert average_revenue_paid(ValueFacts(OCTOBER)).value is None


def test_a_period_in_which_nobody_paid_is_a_real_zero():
    assert average_revenue_paid(ValueFacts(OCTOBER, paid=0)).value == 0


def test_without_customers_there_is_no_answer():
    assert average_revenue_paid(ValueFacts(EMPTY, paid=5_000)).value is None
