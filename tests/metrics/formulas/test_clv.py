"""CLV is ARPA × margin × lifetime."""

from fractions import Fraction

from metrics.facts import ValueFacts
from metrics.formulas.clv import METRIC, customer_lifetime_value
from tests.metrics.books import EMPTY, OCTOBER

ARPA = Fraction(108_000, 104)


def test_it_is_what_a_customer_pays_a_month_times_the_months_it_stays():
    year = ((100, 2),) * 6 + ((100, 4),) * 6  # 3 % a month on average
    figure = customer_lifetime_value(ValueFacts(OCTOBER, churn=year, gross_margin=Fraction(3, 4)))
    assert figure.value == ARPA * Fraction(3, 4) * Fraction(100, 3)
    assert figure.inputs["lifetime"] == Fraction(100, 3)


def test_churn_is_the_mean_of_the_months_rates_whatever_their_size():
    figure = customer_lifetime_value(ValueFacts(OCTOBER, churn=((10, 1), (1_000, 0))))
    assert figure.inputs["lifetime"] == 20


def test_where_nobody_left_in_a_year_the_lifetime_is_capped():
    figure = customer_lifetime_value(ValueFacts(OCTOBER, churn=((100, 0),) * 12))
    assert figure.inputs["lifetime"] == 60
    assert figure.value == ARPA * 60
    assert "60 months" in METRIC.definition


def test_months_without_customers_say_nothing_of_churn():
    assert customer_lifetime_value(ValueFacts(OCTOBER, churn=((0, 0), (50, 1)))).inputs["lifetime"] == 50


def test_without_customers_there_is_no_answer():
    assert customer_lifetime_value(ValueFacts(EMPTY, churn=((50, 1),))).value is None
