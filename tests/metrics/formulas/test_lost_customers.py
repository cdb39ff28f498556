"""Lost customers are those at opening that are none at closing."""

from metrics.formulas.lost_customers import lost_customers
from tests.metrics.books import OCTOBER


def test_it_is_the_count_of_customers_lost():
    assert lost_customers(OCTOBER).value == 4
