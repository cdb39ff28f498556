"""CES is the mean answer."""

from fractions import Fraction

from metrics.facts import VoiceTotals
from metrics.formulas.ces import customer_effort_score


def test_it_is_the_mean_of_the_answers():
    assert customer_effort_score(VoiceTotals(ces_answers=3, ces_sum=13, ces_easy=2)).value == Fraction(13, 3)
    assert customer_effort_score(VoiceTotals(ces_answers=2, ces_sum=10, ces_easy=2)).value == 5


def test_nobody_asked_is_no_answer():
    assert customer_effort_score(VoiceTotals(csat_answers=4, csat_good=4)).value is None


def test_it_brings_its_inputs_along():
    assert customer_effort_score(VoiceTotals(ces_answers=4, ces_sum=17)).inputs == {"sum": 17, "answers": 4}
