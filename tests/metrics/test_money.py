"""Amounts are exact: what cannot be said in minor units is refused, and the rest is rounded in one stated way."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import BadAmount, MissingRate, UnknownCurrency
from metrics.money import Rates, convert, home_only, minor_digits, monthly, parse_amount
from metrics.types import Interval

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("code", "digits"), [("EUR", 2), ("HUF", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4)])
def test_decimals_are_those_of_iso_4217(code, digits):
    assert minor_digits(code) == digits


@pytest.mark.parametrize("code", ["", "eur", "EURO", "ABC", "€"])
def test_what_iso_4217_does_not_list_is_unknown(code):
    with pytest.raises(UnknownCurrency):
        minor_digits(code)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1250.00", "EUR", 125_000),
        ("1250", "EUR", 125_000),
        ("0.5", "EUR", 50),
        ("007", "EUR", 700),
        ("1250", "JPY", 1250),
        ("1.234", "KWD", 1234),
        ("0", "EUR", 0),
        ("9999999999999999.99", "EUR", 999_999_999_999_999_999),
    ],
)
def test_a_decimal_number_is_read_to_the_minor_unit(text, currency, minor):
    assert parse_amount(text, currency) == minor


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 1",
        "1,250.00",
        "1.250,00",
        "1e3",
        "+1",
        "-1",
        "1.",
        ".5",
        "€5",
        "NaN",
        "0x10",
        "1_000",
        "٣",
        "1.005",
        "1" * 17,
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(BadAmount):
        parse_amount(text, "EUR")


def test_yen_have_no_decimals():
    with pytest.raises(BadAmount, match="more decimals than the 0 of JPY"):
        parse_amount("5.0", "JPY")


def test_a_negative_amount_needs_leave():
    assert parse_amount("-1.50", "EUR", allow_negative=True) == -150


@given(st.integers(-(10**17), 10**17), st.sampled_from(("EUR", "JPY", "KWD")))
def test_what_is_written_out_is_read_back(minor, currency):
    digits = minor_digits(currency)
    text = f"{abs(minor):0{digits + 1}d}"
    written = f"{text[:-digits]}.{text[-digits:]}" if digits else text
    sign = "-" if minor < 0 else ""
    assert parse_amount(sign + written, currency, allow_negative=True) == minor


@pytest.mark.parametrize(
    ("amount", "interval", "count", "mrr"),
    [
        (10_000, Interval.MONTH, 1, 10_000),
        (10_001, Interval.MONTH, 2, 5_000),
        (10_003, Interval.MONTH, 2, 5_002),
        (30_000, Interval.QUARTER, 1, 10_000),
        (120_000, Interval.YEAR, 1, 10_000),
        (240_000, Interval.YEAR, 2, 10_000),
        (1_200, Interval.WEEK, 1, 5_200),
        (1_200, Interval.WEEK, 2, 2_600),
        (120, Interval.DAY, 1, 3_650),
        (3_600, Interval.DAY, 30, 3_650),
        (0, Interval.YEAR, 1, 0),
    ],
)
def test_a_row_is_spread_over_the_months_of_its_interval(amount, interval, count, mrr):
    assert monthly(amount, interval, count) == mrr


@given(st.integers(0, 10**9), st.sampled_from(Interval), st.integers(1, 24))
def test_mrr_is_within_half_a_minor_unit_of_the_exact_amount(amount, interval, count):
    months = {"day": Fraction(12, 365), "week": Fraction(12, 52), "month": 1, "quarter": 3, "year": 12}[interval]
    assert abs(monthly(amount, interval, count) - amount / (months * count)) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("minor", "rate", "currencies", "converted"),
    [
        (10_000, Fraction(9, 10), ("USD", "EUR"), 9_000),
        (1_000, Fraction(6, 1000), ("JPY", "EUR"), 600),
        (600, Fraction(1000, 6), ("EUR", "JPY"), 1_000),
        (1_000, Fraction(3), ("KWD", "EUR"), 300),
        (5, Fraction(1, 2), ("USD", "EUR"), 2),
        (7, Fraction(1, 2), ("USD", "EUR"), 4),
    ],
)
def test_conversion_minds_the_decimals_of_both_currencies(minor, rate, currencies, converted):
    assert convert(minor, rate, *currencies) == converted


def test_rates_leave_home_money_alone_and_convert_the_rest():
    rates = Rates("EUR", {"USD": Fraction(9, 10)}, TODAY)
    assert (rates.to_home(123, "EUR"), rates.to_home(1_000, "USD")) == (123, 900)
    assert (rates.rate("EUR"), rates.rate("USD")) == (Fraction(1), Fraction(9, 10))


def test_a_missing_rate_names_the_currency_and_the_day():
    with pytest.raises(MissingRate, match="GBP on or before 2026-11-23") as caught:
        home_only("EUR", TODAY).to_home(1, "GBP")
    assert (caught.value.currency, caught.value.day) == ("GBP", TODAY)
