"""NRR of twelve months follows the customers of a year ago."""

from fractions import Fraction

from metrics.facts import TrailingFacts
from metrics.formulas.nrr_12m import net_revenue_retention_12m
from tests.metrics.books import EMPTY, october


def test_it_is_what_they_pay_now_over_what_they_paid_a_year_ago():
    year = TrailingFacts(october(opening=80_000, retained=92_000))
    assert net_revenue_retention_12m(year).value == Fraction(115, 100)
    assert net_revenue_retention_12m(year).inputs == {"retained": 92_000, "opening": 80_000}


def test_new_customers_move_it_not():
    assert net_revenue_retention_12m(TrailingFacts(october(new=90_000))).value == Fraction(98, 100)


def test_a_company_without_customers_a_year_ago_has_no_answer():
    assert net_revenue_retention_12m(TrailingFacts(EMPTY)).value is None
