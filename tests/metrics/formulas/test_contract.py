"""What holds for every metric, whoever adds one."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from string import Formatter
from typing import Any

import pytest
from hypothesis import given, settings

from metrics.formulas import all_metrics
from metrics.types import Definitions, Grade, Metric, RevenueFacts, Unit
from tests.examples import examples
from tests.metrics.books import EMPTY, OCTOBER
from tests.metrics.strategies import revenue_facts

METRICS = {id_: metric for id_, metric in all_metrics().items() if metric.facts is RevenueFacts}

IDS = """
adjusted_logo_churn annualised_logo_churn arpa arr churned_mrr contraction_mrr cross_sell_mrr customers expansion_mrr
expansion_rate gross_mrr_churn grr involuntary_mrr_churn logo_churn lost_customers mrr mrr_churn mrr_growth
net_mrr_churn net_new_mrr new_customers new_mrr nrr opening_mrr quick_ratio reactivation_mrr retention_rate upsell_mrr
"""
"""Frozen: commands, targets and exports refer to them. A new metric adds one."""

every_metric = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS.keys())


def values(facts: RevenueFacts) -> dict[str, int | Fraction | None]:
    return {id_: metric.measure(facts).value for id_, metric in METRICS.items()}


def test_ids_are_the_frozen_ones():
    assert sorted(METRICS) == IDS.split()


@every_metric
def test_every_placeholder_is_a_term_and_every_term_has_a_value(metric: Metric[Any]):
    placeholders = {name for _, name, _, _ in Formatter().parse(metric.formula) if name is not None}
    assert placeholders == set(metric.terms) == set(metric.measure(OCTOBER).inputs) == set(metric.measure(EMPTY).inputs)


@every_metric
def test_every_metric_explains_itself(metric: Metric[Any]):
    assert all((metric.title, metric.definition, metric.source, *(term.title for term in metric.terms.values())))
    assert not metric.title.endswith(".")
    assert metric.definition.endswith(".")
    assert metric.source.endswith(".")


@every_metric
def test_an_empty_book_has_no_answer_or_nothing(metric: Metric[Any]):
    assert not metric.measure(EMPTY).value
    assert (metric.measure(EMPTY).value is None) is (metric.unit is Unit.RATIO or metric.id == "arpa")


@every_metric
def test_a_graded_metric_grades_every_value(metric: Metric[Any]):
    if metric.grade is not None:
        assert [metric.grade(Fraction(n, 100), None, Definitions()) for n in (-5, 0, 4, 50)] == [
            Grade.GREAT,
            Grade.GREAT,
            Grade.ACCEPTABLE,
            Grade.BAD,
        ]


@settings(max_examples=examples(50))
@given(revenue_facts)
def test_values_are_exact_and_of_their_unit(facts: RevenueFacts):
    for metric in METRICS.values():
        figure = metric.measure(facts)
        kinds: Mapping[Unit, tuple[type, ...]] = {
            Unit.RATIO: (Fraction, type(None)),
            Unit.COUNT: (int,),
            Unit.MONEY: (int, Fraction, type(None)),
        }
        assert isinstance(figure.value, kinds[metric.unit])
        assert all(isinstance(value, int | Fraction) for value in figure.inputs.values())


@settings(max_examples=examples(50))
@given(revenue_facts)
def test_the_formula_with_its_inputs_gives_the_value(facts: RevenueFacts):
    for metric in METRICS.values():
        figure = metric.measure(facts)
        text = metric.formula.replace("^", "**").replace("÷", "/").replace("×", "*").replace("−", "-")
        names = {name: Fraction(value) for name, value in figure.inputs.items()}
        if figure.value is not None:
            # The formulas are our own declarations, and nothing but the inputs is in reach.
            expression = text.replace("{", "").replace("}", "")
            assert eval(expression, {"__builtins__": {}}, names) == figure.value, metric.id


@settings(max_examples=examples(50))
@given(revenue_facts)
def test_the_figures_agree_with_each_other(facts: RevenueFacts):
    of = values(facts)
    assert facts.closing == of["mrr"] == (of["opening_mrr"] or 0) + (of["net_new_mrr"] or 0)
    assert of["upsell_mrr"] == facts.expansion - (of["cross_sell_mrr"] or 0) >= 0
    assert facts.customers_closing == facts.customers_opening + facts.customers_won - facts.customers_lost
    if of["nrr"] is not None and of["grr"] is not None:
        assert of["grr"] <= min(Fraction(1), of["nrr"])
    if of["logo_churn"] is not None:
        assert of["retention_rate"] == 1 - of["logo_churn"]
        assert 0 <= of["logo_churn"] <= 1
    if of["gross_mrr_churn"] is not None:
        assert of["gross_mrr_churn"] >= (of["mrr_churn"] or 0) >= (of["involuntary_mrr_churn"] or 0) >= 0
        assert of["net_mrr_churn"] == of["gross_mrr_churn"] - Fraction(
            facts.expansion + facts.reactivation, facts.opening
        )


@settings(max_examples=examples(30))
@given(revenue_facts)
def test_scaling_money_changes_no_ratio_and_no_count(facts: RevenueFacts):
    money = ("opening", "new", "reactivation", "expansion", "contraction", "churn", "retained", "kept")
    scaled = replace(
        facts,
        by_cause={cause: 7 * amount for cause, amount in facts.by_cause.items()},
        **{name: 7 * getattr(facts, name) for name in money},
    )
    before, after = values(facts), values(scaled)
    for id_, metric in METRICS.items():
        value = before[id_]
        assert after[id_] == (7 * value if metric.unit is Unit.MONEY and value is not None else value)


@settings(max_examples=examples(30))
@given(revenue_facts)
def test_new_business_moves_no_retention(facts: RevenueFacts):
    more = replace(facts, new=facts.new + 5_000, customers_won=facts.customers_won + 1)
    for id_ in ("nrr", "grr", "logo_churn", "gross_mrr_churn", "mrr_churn", "net_mrr_churn"):
        assert METRICS[id_].measure(more).value == METRICS[id_].measure(facts).value
