"""GRR of twelve months counts losses alone."""

from fractions import Fraction

from metrics.facts import TrailingFacts
from metrics.formulas.grr_12m import gross_revenue_retention_12m
from tests.metrics.books import EMPTY, october


def test_it_is_what_is_left_of_what_was_paid_a_year_ago():
    year = TrailingFacts(october(opening=80_000, kept=60_000))
    assert gross_revenue_retention_12m(year).value == Fraction(3, 4)
    assert gross_revenue_retention_12m(year).inputs == {"kept": 60_000, "opening": 80_000}


def test_growth_moves_it_not():
    assert gross_revenue_retention_12m(TrailingFacts(october(retained=200_000))).value == Fraction(92, 100)


def test_a_company_without_customers_a_year_ago_has_no_answer():
    assert gross_revenue_retention_12m(TrailingFacts(EMPTY)).value is None
