"""Net churn lets growth of customers make up for losses."""

from fractions import Fraction

from metrics.formulas.net_mrr_churn import net_mrr_churn
from tests.metrics.books import OCTOBER, october


def test_growth_that_equals_the_losses_makes_it_zero():
    assert net_mrr_churn(OCTOBER).value == 0


def test_it_is_negative_where_customers_grew_by_more():
    assert net_mrr_churn(october(expansion=16_000)).value == Fraction(-10, 100)


def test_new_customers_are_not_in_it():
    assert net_mrr_churn(october(new=0)).value == 0


def test_a_book_that_opens_empty_has_no_answer():
    assert net_mrr_churn(october(opening=0)).value is None
