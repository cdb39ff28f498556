"""Cross-sell is expansion by added products."""

from metrics.formulas.cross_sell_mrr import cross_sell_mrr
from tests.metrics.books import OCTOBER, october


def test_it_is_what_added_products_brought():
    assert cross_sell_mrr(OCTOBER).value == 1_500


def test_without_added_products_it_is_zero():
    assert cross_sell_mrr(october(by_cause={})).value == 0
