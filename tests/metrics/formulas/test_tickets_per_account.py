"""Tickets per account is a mean over customers."""

from fractions import Fraction

from metrics.facts import ServiceTotals
from metrics.formulas.tickets_per_account import tickets_per_account


def test_it_is_tickets_over_the_mean_of_customers() -> None:
    figure = tickets_per_account(ServiceTotals(known=True, opened=80, customers=Fraction(101, 2)))
    assert figure.value == Fraction(160, 101)
    assert figure.inputs == {"opened": 80, "customers": Fraction(101, 2)}


def test_a_quiet_period_is_a_mean_of_nothing() -> None:
    assert tickets_per_account(ServiceTotals(known=True, customers=Fraction(10))).value == 0


def test_where_nobodys_tickets_are_known_there_is_no_answer() -> None:
    assert tickets_per_account(ServiceTotals(customers=Fraction(10))).value is None


def test_without_customers_there_is_no_answer() -> None:
    assert tickets_per_account(ServiceTotals(known=True, opened=2)).value is None
