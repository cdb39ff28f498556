"""What customers in poor health pay."""

from metrics.facts import HealthTotals
from metrics.formulas.mrr_at_risk import METRIC, mrr_at_risk
from metrics.types import Band


def test_it_is_the_money_of_the_poor_band():
    book = HealthTotals(
        "EUR", customers={Band.GOOD: 4, Band.POOR: 2}, mrr={Band.GOOD: 700_000, Band.POOR: 45_050}, at_risk=2
    )
    assert mrr_at_risk(book).value == 45_050
    assert mrr_at_risk(book).inputs == {"poor_mrr": 45_050}


def test_nobody_in_poor_health_is_zero():
    assert mrr_at_risk(HealthTotals("EUR", customers={Band.GOOD: 4}, mrr={Band.GOOD: 1})).value == 0


def test_without_scores_there_is_no_answer():
    assert mrr_at_risk(HealthTotals("EUR", unknown=3)).value is None
    assert set(mrr_at_risk(HealthTotals("EUR")).inputs) == set(METRIC.terms)
