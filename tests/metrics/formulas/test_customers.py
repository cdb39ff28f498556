"""Customers are counted at closing."""

from metrics.formulas.customers import customers
from tests.metrics.books import EMPTY, OCTOBER


def test_it_is_the_count_at_closing():
    assert customers(OCTOBER).value == 104


def test_an_empty_book_has_none():
    assert customers(EMPTY).value == 0
