"""Net new MRR is the change of MRR."""

from metrics.formulas.net_new_mrr import net_new_mrr
from tests.metrics.books import OCTOBER, october


def test_it_is_closing_less_opening():
    assert net_new_mrr(OCTOBER).value == 8_000


def test_it_is_negative_when_more_is_lost_than_won():
    assert net_new_mrr(october(churn=20_000)).value == -7_000
