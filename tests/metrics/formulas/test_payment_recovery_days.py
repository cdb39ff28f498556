"""Days to recover a payment: the middle of those that were collected."""

from fractions import Fraction

from metrics.facts import PaymentFacts
from metrics.formulas.payment_recovery_days import payment_recovery_days


def test_one_debt_that_drags_on_does_not_move_the_middle():
    assert payment_recovery_days(PaymentFacts(days=(300, 2, 4))).value == 4


def test_of_an_even_count_it_is_the_exact_mean_of_the_middle_two():
    assert payment_recovery_days(PaymentFacts(days=(9, 1, 4, 30))).value == Fraction(13, 2)


def test_a_payment_that_was_collected_the_same_day_took_none():
    assert payment_recovery_days(PaymentFacts(days=(0,))).value == 0


def test_where_none_was_collected_there_is_no_answer():
    assert payment_recovery_days(PaymentFacts(failed=3)).value is None
