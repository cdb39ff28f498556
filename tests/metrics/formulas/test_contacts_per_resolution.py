"""Contacts per resolution is a mean."""

from fractions import Fraction

from metrics.facts import ServiceTotals
from metrics.formulas.contacts_per_resolution import contacts_per_resolution


def test_it_is_contacts_over_tickets_resolved() -> None:
    figure = contacts_per_resolution(ServiceTotals(known=True, resolved=40, contacts=60))
    assert figure.value == Fraction(3, 2)
    assert figure.inputs == {"contacts": 60, "resolved": 40}


def test_where_nothing_was_resolved_there_is_no_answer() -> None:
    assert contacts_per_resolution(ServiceTotals(known=True, opened=90)).value is None
    assert contacts_per_resolution(ServiceTotals()).value is None
