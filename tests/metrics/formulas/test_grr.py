"""GRR follows the customers at opening, without their growth."""

from fractions import Fraction

from metrics.formulas.grr import gross_revenue_retention
from tests.metrics.books import OCTOBER, october


def test_it_is_what_was_kept_over_what_was_paid():
    assert gross_revenue_retention(OCTOBER).value == Fraction(92, 100)


def test_new_customers_move_it_not():
    assert gross_revenue_retention(october(new=50_000)).value == Fraction(92, 100)


def test_a_book_that_opens_empty_has_no_answer():
    assert gross_revenue_retention(october(opening=0)).value is None
