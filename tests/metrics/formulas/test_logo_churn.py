"""Logo churn is a share of the customers at opening."""

from fractions import Fraction

from metrics.formulas.logo_churn import logo_churn
from tests.metrics.books import EMPTY, OCTOBER


def test_it_is_customers_lost_over_customers_at_opening():
    assert logo_churn(OCTOBER).value == Fraction(4, 100)


def test_without_customers_there_is_no_answer():
    assert logo_churn(EMPTY).value is None
