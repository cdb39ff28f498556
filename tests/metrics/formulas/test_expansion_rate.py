"""The expansion rate is a share of the opening book."""

from fractions import Fraction

from metrics.formulas.expansion_rate import expansion_rate
from tests.metrics.books import OCTOBER, october


def test_it_is_expansion_over_opening():
    assert expansion_rate(OCTOBER).value == Fraction(6, 100)


def test_a_book_that_opens_empty_has_no_answer():
    assert expansion_rate(october(opening=0)).value is None
