"""Involuntary churn is what failed payments took."""

from fractions import Fraction

from metrics.formulas.involuntary_mrr_churn import involuntary_mrr_churn
from tests.metrics.books import OCTOBER, october


def test_it_is_churn_by_failed_payment_over_opening():
    assert involuntary_mrr_churn(OCTOBER).value == Fraction(1, 100)


def test_without_failed_payments_it_is_zero():
    assert involuntary_mrr_churn(october(by_cause={})).value == 0


def test_a_book_that_opens_empty_has_no_answer():
    assert involuntary_mrr_churn(october(opening=0)).value is None
