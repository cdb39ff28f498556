"""Payment recovery rate: the share of failed payments that came after all."""

from fractions import Fraction

from metrics.facts import PaymentFacts
from metrics.formulas.payment_recovery_rate import METRIC


def test_it_is_those_that_were_paid_over_those_that_failed():
    assert METRIC.measure(PaymentFacts(failed=12, recovered=9)).value == Fraction(3, 4)


def test_that_none_was_paid_is_a_real_zero():
    assert METRIC.measure(PaymentFacts(failed=2)).value == 0


def test_where_none_failed_there_is_no_answer():
    assert METRIC.measure(PaymentFacts(days=(3,))).value is None
