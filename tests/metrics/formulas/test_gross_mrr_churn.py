"""Gross churn counts all losses and no growth."""

from fractions import Fraction

from metrics.formulas.gross_mrr_churn import gross_mrr_churn
from tests.metrics.books import OCTOBER, october


def test_it_is_churn_and_contraction_over_opening():
    assert gross_mrr_churn(OCTOBER).value == Fraction(8, 100)


def test_growth_does_not_make_up_for_it():
    assert gross_mrr_churn(october(expansion=90_000)).value == Fraction(8, 100)


def test_a_book_that_opens_empty_has_no_answer():
    assert gross_mrr_churn(october(opening=0)).value is None
