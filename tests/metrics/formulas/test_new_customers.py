"""New customers are those at closing that were none at opening."""

from metrics.formulas.new_customers import new_customers
from tests.metrics.books import OCTOBER


def test_it_is_the_count_of_customers_won():
    assert new_customers(OCTOBER).value == 8
