from dataclasses import fields, replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.facts import HealthTotals, OnboardingTotals, ProductTotals, ServiceTotals, TrailingFacts, ValueFacts
from metrics.parts import without
from metrics.types import Band, Cause, RevenueFacts

START, END = date(2026, 10, 1), date(2026, 11, 1)


def revenue(**amounts: Any) -> RevenueFacts:
    return RevenueFacts("EUR", START, END, **amounts)


def test_amounts_and_counts_are_taken_away_and_the_days_stay() -> None:
    whole = revenue(opening=300, churn=100, customers_opening=3, customers_lost=1, by_cause={Cause.PRICE: 40})
    part = revenue(opening=100, churn=100, customers_opening=1, customers_lost=1)
    left = revenue(opening=200, customers_opening=2, by_cause={Cause.PRICE: 40})
    assert without(whole, part) == left


def test_facts_within_facts_are_taken_away_too() -> None:
    assert without(TrailingFacts(revenue(opening=5)), TrailingFacts(revenue(opening=2))).year.opening == 3


def test_a_mapping_keeps_the_keys_of_the_book() -> None:
    whole = ProductTotals(customers=2, known=True, by_feature={"chat": 1, "export": 1})
    part = ProductTotals(customers=1, known=True, by_feature={"chat": 1})
    assert without(whole, part) == ProductTotals(customers=1, known=True, by_feature={"chat": 0, "export": 1})


def test_a_band_without_anybody_left_has_nobody() -> None:
    whole = HealthTotals("EUR", customers={Band.GOOD: 1}, mrr={Band.GOOD: 900}, scores=80)
    assert without(whole, whole) == HealthTotals("EUR", customers={Band.GOOD: 0}, mrr={Band.GOOD: 0})


def test_samples_are_taken_out_one_for_one() -> None:
    whole = OnboardingTotals(days=(3, 7, 7, 20), known=True)
    assert without(whole, OnboardingTotals(days=(7,), known=True)).days == (3, 7, 20)


def test_a_sample_that_the_book_does_not_have_is_an_error() -> None:
    with pytest.raises(ValueError, match="8 is not among the samples"):
        without(OnboardingTotals(days=(3, 7)), OnboardingTotals(days=(8,)))


def test_months_are_taken_away_side_by_side_and_what_is_no_sum_stays() -> None:
    whole = ValueFacts(revenue(), churn=((4, 1), (3, 0)), paid=900, months=Fraction(3), gross_margin=Fraction(4, 5))
    part = replace(whole, churn=((1, 1), (0, 0)), paid=None)
    assert without(whole, part) == replace(whole, churn=((3, 0), (3, 0)))


def test_what_is_not_known_of_the_book_stays_unknown() -> None:
    assert without(ValueFacts(revenue(), paid=None), ValueFacts(revenue(), paid=5)).paid is None


@given(st.lists(st.integers(0, 50)), st.data())
def test_whatever_is_taken_out_leaves_the_others(samples: list[int], data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from(range(len(samples))), unique=True) if samples else st.just([]))
    part = tuple(sorted(samples[number] for number in some))
    others = tuple(sorted(sample for number, sample in enumerate(samples) if number not in some))
    whole = ServiceTotals(response_minutes=tuple(sorted(samples)), opened=len(samples))
    left = without(whole, ServiceTotals(response_minutes=part, opened=len(part)))
    assert left == ServiceTotals(response_minutes=others, opened=len(others))


def test_every_field_of_facts_is_something_that_can_be_taken_away() -> None:
    for facts in (revenue(), ServiceTotals(), ProductTotals(), OnboardingTotals(), HealthTotals("EUR")):
        assert {one.name for one in fields(facts) if getattr(without(facts, facts), one.name) is None} == set()
