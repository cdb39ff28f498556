"""Expansion MRR comes from customers that were ones already."""

from metrics.formulas.expansion_mrr import expansion_mrr
from tests.metrics.books import OCTOBER, october


def test_it_is_what_customers_added():
    assert expansion_mrr(OCTOBER).value == 6_000


def test_new_and_returning_customers_do_not_expand():
    assert expansion_mrr(october(expansion=0)).value == 0
