"""CLV : CRC holds one customer's worth against what a year of keeping it costs."""

from fractions import Fraction

import pytest

from metrics.facts import ValueFacts
from metrics.formulas.clv_to_crc import value_to_cost
from tests.metrics.books import EMPTY, OCTOBER

CHURN = ((100, 4),) * 12  # a lifetime of 25 months
CLV = Fraction(108_000, 104) * 25


def test_a_months_costs_are_taken_twelve_times():
    assert value_to_cost(ValueFacts(OCTOBER, CHURN, costs=10_200)).value == CLV / (100 * 12)


@pytest.mark.parametrize(("months", "a_year"), [(Fraction(3), 4), (Fraction(12), 1), (Fraction(1, 2), 24)])
def test_longer_and_shorter_periods_are_taken_as_often_as_they_fit_into_a_year(months, a_year):
    assert value_to_cost(ValueFacts(OCTOBER, CHURN, costs=10_200, months=months)).value == CLV / (100 * a_year)


@pytest.mark.parametrize("costs", [None, 0])
def test_without_costs_there_is_no_answer(costs):
    assert value_to_cost(ValueFacts(OCTOBER, CHURN, costs=costs)).value is None


def test_without_customers_there_is_no_answer():
    assert value_to_cost(ValueFacts(EMPTY, CHURN, costs=500)).value is None


def test_a_period_without_length_has_no_answer():
    assert value_to_cost(ValueFacts(OCTOBER, CHURN, costs=500, months=Fraction(0))).value is None
