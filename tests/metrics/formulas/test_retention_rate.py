"""The retention rate is the other side of logo churn."""

from fractions import Fraction

from metrics.formulas.retention_rate import retention_rate
from tests.metrics.books import EMPTY, OCTOBER


def test_it_is_customers_that_stayed_over_customers_at_opening():
    assert retention_rate(OCTOBER).value == Fraction(96, 100)


def test_without_customers_there_is_no_answer():
    assert retention_rate(EMPTY).value is None
