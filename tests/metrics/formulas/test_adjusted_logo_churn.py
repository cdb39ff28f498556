"""Adjusted logo churn minds that the number of customers changes."""

from fractions import Fraction

from metrics.formulas.adjusted_logo_churn import adjusted_logo_churn
from tests.metrics.books import EMPTY, OCTOBER


def test_it_is_customers_lost_over_the_mean_of_both_ends():
    assert adjusted_logo_churn(OCTOBER).value == Fraction(4, 102)


def test_without_customers_there_is_no_answer():
    assert adjusted_logo_churn(EMPTY).value is None
