"""POC churn is a share of the points of contact at opening."""

from fractions import Fraction

from metrics.facts import PointsFacts
from metrics.formulas.poc_churn import poc_churn


def test_it_is_those_that_left_over_those_that_were_there():
    assert poc_churn(PointsFacts(opening=40, left=3)).value == Fraction(3, 40)


def test_without_points_of_contact_there_is_no_answer():
    assert poc_churn(PointsFacts()).value is None
