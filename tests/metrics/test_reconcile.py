"""Churn under several definitions, worked by hand."""

from dataclasses import replace
from fractions import Fraction
from string import Formatter

import pytest

from metrics.facts import BookDay, ChurnFacts, Reconciliation
from metrics.reconcile import BASES, LOGO, NET, Basis, Definition, facts_by, lost_customers, lost_mrr, told
from metrics.types import Money

FACTS = ChurnFacts(
    currency="USD",
    opening=100_000, churn=6_000, contraction=1_000, expansion=2_000, reactivation=500,
    customers_opening=200, customers_lost=8,
    churns=11, came_and_left=2, came_and_left_mrr=900, arrivals=20, subscriptions=250, subscriptions_ended=15,
    days=(BookDay(200, 5, 100_000, 4_000), BookDay(0, 0, 0, -50), BookDay(240, 6, 120_000, -1_200)),
)  # fmt: skip
EMPTY = ChurnFacts("USD")


def test_customers_lost():
    assert {one.id: one.rate(FACTS) for one in LOGO} == {
        "latido": Fraction(8, 200),
        "chartmogul": Fraction(11, 200),
        "chartmogul_daily": Fraction(5, 200) + Fraction(6, 240),
        "stripe": Fraction(11, 220),
        "profitwell": Fraction(8, 200),
        "notice": Fraction(8, 200),
        "subscriptions": Fraction(15, 250),
        "unpaid": Fraction(8, 200),
    }


def test_net_mrr_churn():
    assert {one.id: one.rate(FACTS) for one in NET} == {
        "latido": Fraction(4_500, 100_000),
        "chartmogul": Fraction(4_500, 100_000),
        "chartmogul_daily": Fraction(4, 100) - Fraction(1, 100),
        "without_reactivation": Fraction(5_000, 100_000),
        "profitwell": Fraction(3_600, 100_000),
        "notice": Fraction(4_500, 100_000),
    }


def test_the_daily_formula_is_one_minus_what_the_evening_still_has_of_the_morning():
    """100 in the morning and 120 in the evening, 10 of them new: 1 − (120 − 10) ÷ 100."""
    day = BookDay(customers=5, churned=0, mrr=100, lost=-10)
    daily = next(one for one in NET if one.id == "chartmogul_daily")
    assert daily.rate(replace(EMPTY, days=(day,))) == Fraction(-10, 100)


@pytest.mark.parametrize("definition", [*LOGO, *NET], ids=lambda one: one.id)
def test_an_empty_book_has_no_answer_and_every_explanation_its_numbers(definition: Definition):
    assert definition.rate(EMPTY) is None
    named = {name for _, name, _, _ in Formatter().parse(definition.differs) if name}
    assert named == set(definition.counts(FACTS))


def test_a_basis_says_how_many_are_lost_by_it():
    assert lost_customers(FACTS) == {"lost": 8, "opening": 200}
    assert lost_mrr(FACTS) == {"lost": Money(4_500, "USD"), "opening": Money(100_000, "USD")}
    for text in BASES.values():
        assert {name for _, name, _, _ in Formatter().parse(text) if name} == {"lost", "opening"}
    assert set(BASES) == set(Basis) - {Basis.OURS}


def test_notice_is_told_where_somebodys_is_known():
    ours, service, notice, paid_up = (replace(EMPTY, churns=number) for number in range(4))
    known = Reconciliation(ours, service, notice, paid_up)
    assert [facts_by(basis, known) for basis in Basis] == [ours, service, notice, paid_up]
    assert "notice" in [one.id for one in told(LOGO, known)]
    unknown = replace(known, by_notice=None)
    assert facts_by(Basis.NOTICE, unknown) == service
    assert "notice" not in [one.id for one in told([*LOGO, *NET], unknown)]
