"""Sessions are counted for each user and week in which they were active."""

from fractions import Fraction

from metrics.facts import ProductTotals
from metrics.formulas.sessions_per_user import sessions_per_user


def test_it_is_sessions_over_active_users_and_weeks():
    """Two users, one active in four weeks and one in two: six weeks, fifteen sessions."""
    assert sessions_per_user(ProductTotals(sessions=15, user_weeks=6)).value == Fraction(5, 2)


def test_where_nobody_counts_sessions_there_is_no_answer():
    assert sessions_per_user(ProductTotals(user_weeks=6, seconds=300)).value is None


def test_without_users_there_is_no_answer():
    assert sessions_per_user(ProductTotals()).value is None
