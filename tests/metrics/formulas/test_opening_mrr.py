"""MRR at opening is given, not computed."""

from metrics.formulas.opening_mrr import opening_mrr
from tests.metrics.books import EMPTY, OCTOBER


def test_it_is_what_the_book_paid_on_the_eve():
    assert opening_mrr(OCTOBER).value == 100_000


def test_an_empty_book_paid_nothing():
    assert opening_mrr(EMPTY).value == 0
