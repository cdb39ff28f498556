"""What holds for every metric of every kind of facts: known by its id, worked out by hand, unmoved by strange facts."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from string import Formatter
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from metrics.examples import EXAMPLES
from metrics.formulas import all_metrics
from metrics.types import Band, Cause, Metric, RevenueFacts, Unit
from storage.queries.totals import all_totals

IDS = """
mrr opening_mrr new_mrr expansion_mrr reactivation_mrr contraction_mrr churned_mrr net_new_mrr arr mrr_growth
expansion_rate upsell_mrr cross_sell_mrr gross_mrr_churn mrr_churn net_mrr_churn involuntary_mrr_churn nrr grr nrr_12m
grr_12m quick_ratio customers new_customers lost_customers logo_churn adjusted_logo_churn annualised_logo_churn
retention_rate poc_churn renewal_rate renewed_mrr arpa arpu clv crc crc_per_customer crc_share clv_to_crc
repeat_purchase_rate nps csat ces response_rate product_adoption stickiness usage_trend sessions_per_user
activation_rate time_to_onboard onboardings first_response_time first_contact_resolution contacts_per_resolution
escalation_rate tickets_per_account leads mql_to_sql lead_conversion campaign_open_rate campaign_click_rate
campaign_click_to_open advocacy health_mix average_health portfolio_growth mrr_at_risk
payment_recovery_rate payment_recovery_days
"""
"""Commands, targets, exports and people's scripts refer to them. A new metric adds one; none ever goes."""

BY_HAND: Mapping[str, int | Fraction] = {
    # 20,000 + 600 + 1,400 + 200 − 400 − 800 dollars, in cents as all amounts
    "mrr": 2_100_000,
    "opening_mrr": 2_000_000,
    "new_mrr": 60_000,
    "expansion_mrr": 140_000,
    "reactivation_mrr": 20_000,
    "contraction_mrr": 40_000,
    "churned_mrr": 80_000,
    "net_new_mrr": 100_000,
    "arr": 25_200_000,
    "mrr_growth": Fraction(105, 100),
    "expansion_rate": Fraction(7, 100),
    "upsell_mrr": 100_000,
    "cross_sell_mrr": 40_000,
    "gross_mrr_churn": Fraction(6, 100),
    "mrr_churn": Fraction(4, 100),
    "net_mrr_churn": Fraction(-2, 100),
    "involuntary_mrr_churn": Fraction(1, 100),
    "nrr": Fraction(101, 100),
    "grr": Fraction(94, 100),
    "nrr_12m": Fraction(80, 100),
    "grr_12m": Fraction(64, 100),
    "quick_ratio": Fraction(22, 12),
    "customers": 100,
    "new_customers": 4,
    "lost_customers": 4,
    "logo_churn": Fraction(4, 100),
    "adjusted_logo_churn": Fraction(4, 100),
    "annualised_logo_churn": 1 - Fraction(96, 100) ** 12,
    "retention_rate": Fraction(96, 100),
    "poc_churn": Fraction(8, 160),
    "renewal_rate": Fraction(9, 10),
    "renewed_mrr": 350_000,
    "arpa": Fraction(21_000),
    "arpu": Fraction(20_500),
    # 210 dollars × 80 % × 25 months; a customer costs 40 dollars a month, 480 a year
    "clv": Fraction(420_000),
    "crc": 400_000,
    "crc_per_customer": Fraction(4_000),
    "crc_share": Fraction(20, 100),
    "clv_to_crc": Fraction(875, 100),
    "repeat_purchase_rate": Fraction(7, 10),
    # 60 % promoters less 15 % detractors
    "nps": Fraction(45),
    "csat": Fraction(80),
    "ces": Fraction(41, 10),
    "response_rate": Fraction(55, 100),
    # three features, used by 60, 40 and 20 of 100 customers
    "product_adoption": Fraction(40, 100),
    # 100 users a day of 250
    "stickiness": Fraction(40, 100),
    "usage_trend": Fraction(10, 100),
    "sessions_per_user": Fraction(5),
    "activation_rate": Fraction(75, 100),
    "time_to_onboard": Fraction(15),
    "onboardings": 5,
    "first_response_time": Fraction(100),
    "first_contact_resolution": Fraction(75, 100),
    "contacts_per_resolution": Fraction(3, 2),
    "escalation_rate": Fraction(10, 100),
    "tickets_per_account": Fraction(20, 100),
    "leads": 200,
    "mql_to_sql": Fraction(25, 100),
    "lead_conversion": Fraction(5, 100),
    "campaign_open_rate": Fraction(40, 100),
    "campaign_click_rate": Fraction(10, 100),
    "campaign_click_to_open": Fraction(25, 100),
    "advocacy": 10,
    "health_mix": Fraction(60, 95),
    "average_health": Fraction(70),
    # 1,400 + 200 − 400 − 800 dollars: the 100 dollars of renewal uplift are among the 1,400
    "portfolio_growth": 40_000,
    "mrr_at_risk": 200_000,
    "payment_recovery_rate": Fraction(9, 12),
    "payment_recovery_days": Fraction(4),
}
"""Every metric of the example company's October."""

HUGE = 10**18

every_metric = pytest.mark.parametrize("metric", all_metrics().values(), ids=all_metrics().keys())


# --- Facts of any shape --------------------------------------------------------------------------------------------


def facts_with(kind: type, number: Callable[[str], int]) -> Any:
    """Facts of a kind in which every amount and count is what `number` gives for its name."""
    assert is_dataclass(kind)
    hints = get_type_hints(kind)
    return kind(**{field.name: value_of(hints[field.name], field.name, number) for field in fields(kind)})


def value_of(hint: Any, name: str, number: Callable[[str], int]) -> Any:
    """A value of a field's type."""
    if get_origin(hint) is UnionType:
        hint = next(one for one in get_args(hint) if one is not type(None))
    if isinstance(hint, type) and is_dataclass(hint):
        return facts_with(hint, number)
    if hint is date:
        return date(2026, 10, 1) if name == "start" else date(2026, 11, 1)
    if get_origin(hint) is Mapping:
        keys: dict[type, list[Any]] = {Cause: list(Cause), Band: list(Band), str: ["one", "other"]}
        return {key: number(name) for key in keys[get_args(hint)[0]]}
    if get_origin(hint) is tuple:
        element = get_args(hint)[0]
        pair = get_origin(element) is tuple
        return tuple(((number(name), number(name)) if pair else number(name)) for _ in range(3))
    simple: dict[type, Any] = {str: "EUR", bool: True, Fraction: Fraction(number(name)), int: number(name)}
    return simple[hint]


def least(kind: type) -> Any:
    """Facts of which only what has no default is given: nothing happened, nothing is known."""
    given: dict[str, Any] = {"currency": "EUR", "start": date(2026, 10, 1), "end": date(2026, 11, 1)}
    nothing = RevenueFacts(**given)
    given |= {"year": nothing, "revenue": nothing}
    return kind(**{name: value for name, value in given.items() if name in {field.name for field in fields(kind)}})


LOSSES = ("churn", "contraction", "lost", "left", "stalled", "poor")
ENDS = ("closing", "retained", "kept", "renewed", "resolved", "converted", "answered", "clicked", "activated")

SHAPES: Mapping[str, Callable[[type], Any]] = {
    "nothing": least,
    "zeros": lambda kind: facts_with(kind, lambda _: 0),
    "ones": lambda kind: facts_with(kind, lambda _: 1),
    "huge": lambda kind: facts_with(kind, lambda _: HUGE),
    "one beside huge": lambda kind: facts_with(kind, lambda name: HUGE if len(name) % 2 else 1),
    "more lost than there were": lambda kind: facts_with(
        kind, lambda name: 100 if any(word in name for word in LOSSES) else 3
    ),
    "closings without openings": lambda kind: facts_with(
        kind, lambda name: 100 if any(word in name for word in ENDS) else 0
    ),
    "openings without anything else": lambda kind: facts_with(kind, lambda name: 100 if "opening" in name else 0),
}


def shaped() -> list[Any]:
    return [
        pytest.param(metric, make(metric.facts), id=f"{id_}: {shape}")
        for id_, metric in all_metrics().items()
        for shape, make in SHAPES.items()
    ]


# --- What holds ----------------------------------------------------------------------------------------------------


def test_ids_are_the_frozen_ones_and_all_are_there():
    assert sorted(all_metrics()) == sorted(IDS.split())


@every_metric
def test_the_example_company_s_october_is_as_worked_out_by_hand(metric: Metric[Any]):
    assert metric.measure(EXAMPLES[metric.facts]).value == BY_HAND[metric.id]


@every_metric
def test_facts_can_be_read_and_have_an_example(metric: Metric[Any]):
    assert metric.facts in all_totals()
    assert isinstance(EXAMPLES[metric.facts], metric.facts)


def test_every_kind_of_facts_is_of_use_and_has_an_example():
    assert {metric.facts for metric in all_metrics().values()} == set(all_totals()) == set(EXAMPLES)


def test_the_example_agrees_with_itself():
    revenue = EXAMPLES[RevenueFacts]
    assert revenue.customers_closing == revenue.customers_opening + revenue.customers_won - revenue.customers_lost
    assert sum(revenue.lost_by_cause.values()) == revenue.customers_lost
    assert sum(revenue.by_cause.values()) == revenue.expansion + revenue.contraction + revenue.churn
    year = next(facts.year for kind, facts in EXAMPLES.items() if kind.__name__ == "TrailingFacts")
    assert (year.closing, year.customers_closing) == (revenue.closing, revenue.customers_closing)
    assert sum(year.by_cause.values()) == year.expansion + year.contraction + year.churn
    assert year.customers_closing == year.customers_opening + year.customers_won - year.customers_lost
    assert sum(year.lost_by_cause.values()) == year.customers_lost


@every_metric
def test_every_metric_explains_itself(metric: Metric[Any]):
    assert all((metric.title, metric.definition, metric.source, *(term.title for term in metric.terms.values())))
    assert not metric.title.endswith(".")
    assert metric.definition.endswith(".")
    assert metric.source.endswith(".")
    assert {name for _, name, _, _ in Formatter().parse(metric.formula) if name is not None} == set(metric.terms)


@pytest.mark.parametrize(("metric", "facts"), shaped())
def test_strange_facts_have_an_exact_value_or_none_and_all_inputs(metric: Metric[Any], facts: Any):
    before = repr(facts)
    figure = metric.measure(facts)
    assert repr(facts) == before
    assert type(figure.value) in {int, Fraction, type(None)}
    assert set(figure.inputs) == set(metric.terms)
    assert all(type(value) in {int, Fraction} for value in figure.inputs.values())


@every_metric
def test_nothing_is_no_ratio_no_score_and_no_length_of_time(metric: Metric[Any]):
    if metric.unit not in {Unit.COUNT, Unit.MONEY}:
        assert metric.measure(least(metric.facts)).value is None
    assert not metric.measure(least(metric.facts)).value
