"""First-contact resolution is about tickets resolved."""

from fractions import Fraction

from metrics.facts import ServiceTotals
from metrics.formulas.first_contact_resolution import first_contact_resolution


def test_it_is_the_share_resolved_with_one_contact() -> None:
    figure = first_contact_resolution(ServiceTotals(known=True, opened=90, resolved=40, resolved_at_first=28))
    assert figure.value == Fraction(7, 10)
    assert figure.inputs == {"resolved_at_first": 28, "resolved": 40}


def test_where_nothing_was_resolved_there_is_no_answer() -> None:
    assert first_contact_resolution(ServiceTotals(known=True, opened=90)).value is None
    assert first_contact_resolution(ServiceTotals()).value is None
