"""CRC share is a share of opening MRR."""

from fractions import Fraction

from metrics.facts import ValueFacts
from metrics.formulas.crc_share import retention_cost_share
from tests.metrics.books import EMPTY, OCTOBER


def test_it_is_the_costs_over_opening_mrr():
    assert retention_cost_share(ValueFacts(OCTOBER, costs=8_000)).value == Fraction(8, 100)


def test_without_known_costs_there_is_no_answer():
    assert retention_cost_share(ValueFacts(OCTOBER)).value is None


def test_a_book_that_opens_empty_has_no_answer():
    assert retention_cost_share(ValueFacts(EMPTY, costs=500)).value is None
