"""Repeat purchase rate is a share of those that paid at all."""

from fractions import Fraction

from metrics.facts import PayerFacts
from metrics.formulas.repeat_purchase_rate import repeat_purchase_rate


def test_it_is_those_that_paid_twice_over_those_that_paid():
    assert repeat_purchase_rate(PayerFacts(payers=8, repeat_payers=6)).value == Fraction(3, 4)


def test_nobody_paid_twice_is_a_real_zero():
    assert repeat_purchase_rate(PayerFacts(payers=8)).value == 0


def test_without_payers_there_is_no_answer():
    assert repeat_purchase_rate(PayerFacts()).value is None
