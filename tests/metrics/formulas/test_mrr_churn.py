"""MRR churn counts cancellations alone."""

from fractions import Fraction

from metrics.formulas.mrr_churn import mrr_churn
from tests.metrics.books import OCTOBER, october


def test_it_is_churn_over_opening():
    assert mrr_churn(OCTOBER).value == Fraction(5, 100)


def test_contraction_is_not_in_it():
    assert mrr_churn(october(contraction=50_000)).value == Fraction(5, 100)


def test_a_book_that_opens_empty_has_no_answer():
    assert mrr_churn(october(opening=0)).value is None
