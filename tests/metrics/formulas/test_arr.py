"""ARR is a pace."""

from metrics.formulas.arr import annual_recurring_revenue
from tests.metrics.books import OCTOBER


def test_it_is_twelve_times_the_closing_mrr():
    assert annual_recurring_revenue(OCTOBER).value == 1_296_000
