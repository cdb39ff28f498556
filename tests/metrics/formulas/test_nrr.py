"""NRR follows the customers at opening."""

from fractions import Fraction

from metrics.formulas.nrr import net_revenue_retention
from tests.metrics.books import OCTOBER, october


def test_it_is_what_they_pay_now_over_what_they_paid():
    assert net_revenue_retention(OCTOBER).value == Fraction(98, 100)


def test_new_customers_move_it_not():
    assert net_revenue_retention(october(new=50_000)).value == Fraction(98, 100)


def test_a_book_that_opens_empty_has_no_answer():
    assert net_revenue_retention(october(opening=0)).value is None
