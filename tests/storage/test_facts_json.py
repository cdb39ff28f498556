"""Facts come back from JSON as they were."""

import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.facts import HealthTotals, ServiceTotals, ValueFacts
from metrics.types import Band, Cause, RevenueFacts
from storage.facts_json import from_json, to_json
from storage.queries.totals import all_totals

KEPT = sorted((totals for totals in all_totals().values() if totals.rests_on), key=lambda totals: totals.id)


def through_json(kind: type[Any], facts: Any) -> Any:
    return from_json(kind, json.loads(json.dumps(to_json(facts))))


@given(st.data())
@pytest.mark.parametrize("kind", [pytest.param(totals.facts, id=totals.id) for totals in KEPT])
def test_all_facts_that_are_kept_come_back_as_they_were(kind: type[Any], data: st.DataObject) -> None:
    facts = data.draw(st.from_type(kind))
    assert through_json(kind, facts) == facts


def test_values_keep_their_types() -> None:
    health = through_json(HealthTotals, HealthTotals("USD", {Band.POOR: 1}, {Band.POOR: 7}))
    assert [type(band) for band in health.customers] == [Band]
    revenue = RevenueFacts("EUR", date(2026, 10, 1), date(2026, 11, 1), by_cause={Cause.PRICE: 3})
    value = through_json(ValueFacts, ValueFacts(revenue, ((7, 1),), None, 0, Fraction(1, 3)))
    assert (value.revenue.start, value.churn, value.paid, value.costs) == (date(2026, 10, 1), ((7, 1),), None, 0)
    assert isinstance(value.months, Fraction)
    assert through_json(ServiceTotals, ServiceTotals(known=True, response_minutes=(1, 2))).response_minutes == (1, 2)


@pytest.mark.parametrize("value", [1.5, (1, 2.5), {1: 2}, {"a"}])
def test_what_could_not_be_read_back_exactly_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        to_json(value)


def test_a_type_that_nobody_has_needed_yet_is_refused() -> None:
    @dataclass(frozen=True)
    class Odd:
        sizes: list[int]

    with pytest.raises(TypeError):
        from_json(Odd, {"sizes": []})
