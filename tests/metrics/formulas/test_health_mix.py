"""The share of customers in good health."""

from fractions import Fraction

from metrics.facts import HealthTotals
from metrics.formulas.health_mix import METRIC, health_mix
from metrics.types import Band

BOOK = HealthTotals("EUR", customers={Band.GOOD: 12, Band.AVERAGE: 5, Band.POOR: 3}, unknown=4)


def test_it_is_the_good_ones_of_those_that_have_a_score():
    assert health_mix(BOOK).value == Fraction(12, 20)
    assert health_mix(BOOK).inputs == {"good": 12, "average": 5, "poor": 3}


def test_nobody_in_good_health_is_zero_and_not_unknown():
    assert health_mix(HealthTotals("EUR", customers={Band.POOR: 2})).value == 0


def test_without_scores_there_is_no_answer():
    assert health_mix(HealthTotals("EUR", unknown=9)).value is None
    assert set(health_mix(HealthTotals("EUR")).inputs) == set(METRIC.terms)
