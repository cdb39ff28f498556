"""MRR at closing is what the movements make of the opening."""

from metrics.formulas.mrr import closing_mrr
from tests.metrics.books import EMPTY, OCTOBER


def test_it_is_the_opening_and_all_that_moved_it():
    assert closing_mrr(OCTOBER).value == 108_000


def test_an_empty_book_has_none_and_says_zero():
    assert closing_mrr(EMPTY).value == 0
