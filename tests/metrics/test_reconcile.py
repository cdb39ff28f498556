"""Churn under several definitions, worked by hand."""

from dataclasses import replace
from fractions import Fraction
from string import Formatter

import pytest

from metrics.facts import ChurnFacts
from metrics.reconcile import LOGO, NET, Definition
from tests.metrics.books import EMPTY, october

FACTS = ChurnFacts(
    revenue=replace(
        october(),
        opening=100_000, churn=6_000, contraction=1_000, expansion=2_000, reactivation=500,
        customers_opening=200, customers_lost=8,
    ),
    churns=11, came_and_left=2, came_and_left_mrr=900, arrivals=20, subscriptions=250, subscriptions_ended=15,
    past_due=4,
)  # fmt: skip


def test_customers_lost():
    assert {one.id: one.rate(FACTS) for one in LOGO} == {
        "latido": Fraction(8, 200),
        "chartmogul": Fraction(11, 200),
        "stripe": Fraction(11, 220),
        "profitwell": Fraction(8, 200),
        "subscriptions": Fraction(15, 250),
        "unpaid": Fraction(12, 200),
    }


def test_net_mrr_churn():
    assert {one.id: one.rate(FACTS) for one in NET} == {
        "latido": Fraction(4_500, 100_000),
        "chartmogul": Fraction(4_500, 100_000),
        "without_reactivation": Fraction(5_000, 100_000),
        "profitwell": Fraction(3_600, 100_000),
    }


@pytest.mark.parametrize("definition", [*LOGO, *NET], ids=lambda one: one.id)
def test_an_empty_book_has_no_answer_and_every_explanation_its_numbers(definition: Definition):
    assert definition.rate(ChurnFacts(EMPTY)) is None
    named = {name for _, name, _, _ in Formatter().parse(definition.differs) if name}
    assert named == set(definition.counts(FACTS))
