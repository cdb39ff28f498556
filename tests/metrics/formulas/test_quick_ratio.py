"""The quick ratio sets what was won against what was lost."""

from metrics.formulas.quick_ratio import quick_ratio
from tests.metrics.books import OCTOBER, october


def test_it_is_everything_won_over_everything_lost():
    assert quick_ratio(OCTOBER).value == 2


def test_with_nothing_lost_there_is_no_answer():
    assert quick_ratio(october(churn=0, contraction=0)).value is None
