"""Upsell is the expansion that is no cross-sell."""

from metrics.formulas.upsell_mrr import upsell_mrr
from tests.metrics.books import OCTOBER, october


def test_it_is_expansion_within_products():
    assert upsell_mrr(OCTOBER).value == 4_500


def test_without_cross_sell_all_expansion_is_upsell():
    assert upsell_mrr(october(by_cause={})).value == 6_000
