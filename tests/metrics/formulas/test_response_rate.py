"""The response rate is what was answered of what was delivered."""

from fractions import Fraction

from metrics.facts import VoiceTotals
from metrics.formulas.response_rate import response_rate


def test_it_is_answered_of_delivered():
    assert response_rate(VoiceTotals(delivered=120, answered=30)).value == Fraction(1, 4)


def test_nobody_answering_is_zero():
    assert response_rate(VoiceTotals(delivered=120)).value == 0


def test_without_word_of_any_question_there_is_no_answer():
    assert response_rate(VoiceTotals(promoters=9)).value is None
    assert response_rate(VoiceTotals(delivered=0)).value is None


def test_it_brings_its_inputs_along():
    assert response_rate(VoiceTotals(delivered=9, answered=2)).inputs == {"answered": 2, "delivered": 9}
    assert response_rate(VoiceTotals()).inputs == {"answered": 0, "delivered": 0}
