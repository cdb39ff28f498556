"""What the figures about value have in common: how long customers stay, what one brings and costs."""

from fractions import Fraction

import pytest

from metrics.customer_value import cost_per_customer, lifetime, lifetime_value, mean_customers
from metrics.facts import ValueFacts
from tests.metrics.books import EMPTY, OCTOBER


@pytest.mark.parametrize(
    ("churn", "months"),
    [
        ((), 60),
        (((100, 0),), 60),
        (((0, 0), (0, 0)), 60),
        (((100, 1),), 100),
        (((100, 1), (50, 1)), Fraction(200, 3)),
        (((1, 1),), 1),
    ],
)
def test_a_lifetime_is_one_over_the_mean_churn_and_capped_where_there_was_none(churn, months):
    assert lifetime(churn) == months


def test_unknown_is_not_nothing():
    assert lifetime_value(ValueFacts(EMPTY)) is None
    assert cost_per_customer(ValueFacts(OCTOBER)) is None
    assert cost_per_customer(ValueFacts(EMPTY, costs=1)) is None


def test_customers_of_a_period_are_those_halfway():
    assert mean_customers(OCTOBER) == 102
