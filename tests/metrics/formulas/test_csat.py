"""CSAT is the percentage of answers 4 and 5."""

from fractions import Fraction

from metrics.facts import VoiceTotals
from metrics.formulas.csat import customer_satisfaction


def test_it_is_the_good_answers_of_a_hundred():
    assert customer_satisfaction(VoiceTotals(csat_answers=10, csat_good=9)).value == 90
    assert customer_satisfaction(VoiceTotals(csat_answers=3, csat_good=2)).value == Fraction(200, 3)


def test_nobody_satisfied_is_zero_and_nobody_asked_is_no_answer():
    assert customer_satisfaction(VoiceTotals(csat_answers=4)).value == 0
    assert customer_satisfaction(VoiceTotals(promoters=4)).value is None


def test_it_brings_the_counts_along():
    assert customer_satisfaction(VoiceTotals(csat_answers=4, csat_good=1)).inputs == {"good": 1, "answers": 4}
