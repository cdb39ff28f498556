"""Churned MRR is a positive amount."""

from metrics.formulas.churned_mrr import churned_mrr
from tests.metrics.books import OCTOBER, october


def test_it_is_what_left_with_its_accounts():
    assert churned_mrr(OCTOBER).value == 5_000


def test_contraction_is_no_churn():
    assert churned_mrr(october(churn=0)).value == 0
