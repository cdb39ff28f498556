"""The mean score."""

from fractions import Fraction

from metrics.facts import HealthTotals
from metrics.formulas.average_health import METRIC, average_health
from metrics.types import Band


def test_every_customer_with_a_score_counts_the_same():
    book = HealthTotals("EUR", customers={Band.GOOD: 2, Band.POOR: 1}, scores=90 + 71 + 20, unknown=5)
    assert average_health(book).value == Fraction(181, 3)
    assert average_health(book).inputs == {"scores": 181, "scored": 3}


def test_without_scores_there_is_no_answer():
    assert average_health(HealthTotals("EUR", unknown=3)).value is None
    assert set(average_health(HealthTotals("EUR")).inputs) == set(METRIC.terms)
