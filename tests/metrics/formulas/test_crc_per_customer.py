"""CRC per customer divides by the mean of opening and closing."""

from fractions import Fraction

from metrics.facts import ValueFacts
from metrics.formulas.crc_per_customer import retention_cost_per_customer
from tests.metrics.books import EMPTY, OCTOBER


def test_it_is_the_costs_over_mean_customers():
    assert retention_cost_per_customer(ValueFacts(OCTOBER, costs=20_400)).value == Fraction(200)  # 100 and 104


def test_without_known_costs_there_is_no_answer():
    assert retention_cost_per_customer(ValueFacts(OCTOBER)).value is None


def test_without_customers_there_is_no_answer():
    assert retention_cost_per_customer(ValueFacts(EMPTY, costs=500)).value is None
