"""New MRR comes from first-time customers alone."""

from metrics.formulas.new_mrr import new_mrr
from tests.metrics.books import OCTOBER, october


def test_it_is_what_first_time_customers_brought():
    assert new_mrr(OCTOBER).value == 8_000


def test_returning_customers_are_not_new():
    assert new_mrr(october(new=0)).value == 0
