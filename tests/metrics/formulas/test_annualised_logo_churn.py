"""Annualised churn compounds the churn of a period that a year is made of."""

from datetime import date
from fractions import Fraction

import pytest

from metrics.formulas.annualised_logo_churn import annualised_logo_churn
from tests.metrics.books import EMPTY, OCTOBER, october

STAYED = Fraction(96, 100)


@pytest.mark.parametrize(
    ("start", "end", "value"),
    [
        (date(2026, 10, 1), date(2026, 11, 1), 1 - STAYED**12),
        (date(2026, 10, 1), date(2027, 1, 1), 1 - STAYED**4),
        (date(2025, 11, 1), date(2026, 11, 1), 1 - STAYED),
        (date(2026, 10, 1), date(2026, 10, 24), None),
        (date(2026, 1, 1), date(2026, 6, 1), None),
        (date(2025, 1, 1), date(2027, 1, 1), None),
        (date(2026, 1, 15), date(2026, 2, 15), None),
    ],
)
def test_losses_compound_over_the_periods_of_a_year(start, end, value):
    assert annualised_logo_churn(october(start=start, end=end)).value == value


def test_it_says_how_many_such_periods_make_a_year():
    assert annualised_logo_churn(OCTOBER).inputs["times"] == 12


def test_without_customers_there_is_no_answer():
    assert annualised_logo_churn(EMPTY).value is None
