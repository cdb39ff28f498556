"""Contraction MRR is a positive amount."""

from metrics.formulas.contraction_mrr import contraction_mrr
from tests.metrics.books import OCTOBER, october


def test_it_is_what_customers_took_away():
    assert contraction_mrr(OCTOBER).value == 3_000


def test_cancellations_are_no_contraction():
    assert contraction_mrr(october(contraction=0)).value == 0
