"""Stickiness compares an average day with all 28."""

from fractions import Fraction

from metrics.facts import ProductTotals
from metrics.formulas.stickiness import stickiness


def test_it_is_the_mean_day_over_all_users():
    """140 user days are 5 users a day, of 20."""
    assert stickiness(ProductTotals(daily_users=140, users=20)).value == Fraction(1, 4)


def test_users_that_come_every_day_are_all_of_it():
    assert stickiness(ProductTotals(daily_users=28 * 7, users=7)).value == 1


def test_users_that_came_once_are_a_twenty_eighth():
    assert stickiness(ProductTotals(daily_users=7, users=7)).value == Fraction(1, 28)


def test_without_users_there_is_no_answer():
    assert stickiness(ProductTotals(use_now=12)).value is None
