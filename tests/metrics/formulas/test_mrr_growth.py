"""MRR growth compares the two ends of the whole book."""

from fractions import Fraction

from metrics.formulas.mrr_growth import mrr_growth
from tests.metrics.books import OCTOBER, october


def test_it_is_closing_over_opening():
    assert mrr_growth(OCTOBER).value == Fraction(108, 100)


def test_a_book_that_opens_empty_has_no_answer():
    assert mrr_growth(october(opening=0)).value is None
