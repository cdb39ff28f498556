"""CRC is what the period cost."""

from metrics.facts import ValueFacts
from metrics.formulas.crc import customer_retention_cost
from tests.metrics.books import EMPTY, OCTOBER


def test_it_is_the_costs_of_the_period():
    assert customer_retention_cost(ValueFacts(OCTOBER, costs=12_345)).value == 12_345


def test_costs_need_no_customers():
    assert customer_retention_cost(ValueFacts(EMPTY, costs=500)).value == 500


def test_a_period_that_cost_nothing_is_a_real_zero():
    assert customer_retention_cost(ValueFacts(OCTOBER, costs=0)).value == 0


def test_without_known_costs_there_is_no_answer():
    assert customer_retention_cost(ValueFacts(OCTOBER)).value is None
