"""The escalation rate is about tickets opened."""

from fractions import Fraction

from metrics.facts import ServiceTotals
from metrics.formulas.escalation_rate import escalation_rate


def test_it_is_the_share_of_the_opened_that_was_escalated() -> None:
    figure = escalation_rate(ServiceTotals(known=True, opened=80, escalated=4))
    assert figure.value == Fraction(1, 20)
    assert figure.inputs == {"escalated": 4, "opened": 80}


def test_no_escalation_is_a_rate_of_nothing() -> None:
    assert escalation_rate(ServiceTotals(known=True, opened=80)).value == 0


def test_where_nothing_was_opened_there_is_no_answer() -> None:
    assert escalation_rate(ServiceTotals(known=True)).value is None
    assert escalation_rate(ServiceTotals()).value is None
