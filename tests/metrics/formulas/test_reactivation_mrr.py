"""Reactivation MRR comes from customers that came back."""

from metrics.formulas.reactivation_mrr import reactivation_mrr
from tests.metrics.books import OCTOBER, october


def test_it_is_what_returning_customers_brought():
    assert reactivation_mrr(OCTOBER).value == 2_000


def test_first_time_customers_do_not_return():
    assert reactivation_mrr(october(reactivation=0)).value == 0
