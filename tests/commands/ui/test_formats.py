import ast
import inspect
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.ui import formats
from metrics.business_hours import parse
from metrics.errors import UnknownCurrency

LOCALES = ("en", "es", "ru")
NBSP, NARROW = "\u00a0", "\u202f"


def spaced(text: str) -> str:
    return text.replace(NBSP, " ").replace(NARROW, " ")


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "expected"),
    [
        (1_234_000, "USD", "en", "$12,340"),
        (1_234_050, "USD", "en", "$12,340.50"),
        (95_005, "USD", "en", "$950.05"),
        (0, "USD", "en", "$0"),
        (-30_000, "USD", "en", "−$300"),
        (1_234_000, "EUR", "es", "12.340 €"),
        (-1_234_050, "EUR", "es", "−12.340,50 €"),
        (1_234_050, "RUB", "ru", "12 340,50 ₽"),
        (5_000, "JPY", "en", "¥5,000"),
        (12_345, "KWD", "en", "KWD 12.345"),
        (12_000, "KWD", "ru", "12 KWD"),
        (Fraction(1, 2), "JPY", "en", "¥1"),
        (Fraction(10_001, 2), "USD", "en", "$50.01"),
        (None, "USD", "en", "n/a"),
    ],
)
def test_money(minor: int | Fraction | None, currency: str, locale: str, expected: str) -> None:
    assert spaced(formats.money(minor, currency, locale)) == expected


def test_money_of_no_currency_is_refused() -> None:
    with pytest.raises(UnknownCurrency):
        formats.money(1, "XYZ", "en")


@pytest.mark.parametrize(("minor", "expected"), [(120_000, "+$1,200"), (-30_000, "−$300"), (0, "$0"), (None, "n/a")])
def test_a_change_of_money_has_a_sign(minor: int | None, expected: str) -> None:
    assert formats.signed_money(minor, "USD", "en") == expected


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "expected"),
    [
        (1_234_567, "USD", "en", "$12.3K"),
        (99_900, "USD", "en", "$999"),
        (99_994_999, "USD", "en", "$999.9K"),
        (99_995_000, "USD", "en", "$1M"),
        (-250_000_000, "USD", "en", "−$2.5M"),
        (1_234_567, "EUR", "es", "12,3 mil €"),
        (1_234_567, "RUB", "ru", "12,3 тыс. ₽"),
        (1_234_567, "JPY", "en", "¥1.2M"),
        (None, "JPY", "ru", "н/д"),
    ],
)
def test_short_money(minor: int | None, currency: str, locale: str, expected: str) -> None:
    assert spaced(formats.short_money(minor, currency, locale)) == expected


@pytest.mark.parametrize(
    ("ratio", "locale", "expected"),
    [
        (Fraction(1, 8), "en", "12.5%"),
        (Fraction(1, 8), "es", "12,5 %"),
        (Fraction(1, 8), "ru", "12,5 %"),
        (Fraction(1, 20), "en", "5%"),
        (1, "en", "100%"),
        (Fraction(12_345, 10), "en", "123,450%"),
        (Fraction(-1, 100_000), "en", "0%"),
        (Fraction(-3, 100), "en", "−3%"),
        (None, "en", "n/a"),
        (None, "es", "n/d"),
        (None, "ru", "н/д"),
    ],
)
def test_percent(ratio: Fraction | int | None, locale: str, expected: str) -> None:
    assert spaced(formats.percent(ratio, locale)) == expected


def test_changes_of_ratios_have_a_sign() -> None:
    assert formats.signed_percent(Fraction(1, 20), "en") == "+5%"
    assert formats.signed_percent(Fraction(0), "en") == "0%"
    assert formats.signed_percent(None, "en") == "n/a"
    assert spaced(formats.points(Fraction(-12, 1000), "en")) == "−1.2 pp"
    assert spaced(formats.points(Fraction(1, 100), "ru")) == "+1 п. п."
    assert formats.points(None, "es") == "n/d"


def test_numbers() -> None:
    assert formats.number(12_340, "en") == "12,340"
    assert formats.number(Fraction(7, 2), "es", 1) == "3,5"
    assert spaced(formats.number(12_340, "ru")) == "12 340"
    assert formats.signed_number(5, "en") == "+5"
    assert formats.signed_number(-5, "en") == "−5"
    assert formats.signed_number(None, "en") == formats.number(None, "en") == formats.score(None, "en") == "n/a"
    assert formats.score(72, "en") == "72"


def test_days() -> None:
    on = date(2026, 11, 3)
    assert [formats.day(on, locale) for locale in LOCALES] == ["3 Nov 2026", "3 nov 2026", f"3 нояб. 2026{NARROW}г."]
    assert [formats.day_short(on, locale) for locale in LOCALES] == ["3 Nov", "3 nov", "3 нояб."]
    assert [formats.month(on, locale) for locale in LOCALES] == [
        "November 2026",
        "noviembre de 2026",
        f"ноябрь 2026{NARROW}г.",
    ]
    assert [formats.month_short(on, locale) for locale in LOCALES] == ["Nov", "nov", "нояб."]
    assert formats.moment(datetime(2026, 11, 3, 4, 5, tzinfo=UTC), "en") == "3 Nov 2026, 04:05"
    nothing = (formats.day, formats.day_short, formats.month, formats.month_short, formats.moment)
    assert {show(None, "en") for show in nothing} == {"n/a"}


def test_half_is_rounded_up() -> None:
    assert formats.rounded(Fraction(9, 8), 2) == 113  # 1.125
    assert formats.rounded(Fraction(-9, 8), 2) == -113
    assert formats.percent(Fraction(125, 10_000), "en") == "1.3%"  # 1.25 %


@given(numerator=st.integers(-(10**18), 10**18), exponent=st.integers(0, 6), digits=st.integers(0, 6))
def test_rounding_is_decimal_half_up(numerator: int, exponent: int, digits: int) -> None:
    expected = Decimal(numerator).scaleb(-exponent).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    assert Decimal(formats.rounded(Fraction(numerator, 10**exponent), digits)).scaleb(-digits) == expected


@given(value=st.fractions(), digits=st.integers(0, 4))
def test_rounding_is_off_by_half_a_unit_at_most(value: Fraction, digits: int) -> None:
    assert abs(formats.rounded(value, digits) - value * 10**digits) <= Fraction(1, 2)


@settings(deadline=None)  # the first example reads the locales
@given(minor=st.integers(-(10**18), 10**18), locale=st.sampled_from(LOCALES), currency=st.sampled_from(["USD", "KWD"]))
def test_no_digit_of_an_amount_is_lost(minor: int, locale: str, currency: str) -> None:
    shown = formats.money(minor, currency, locale)
    digits = "".join(letter for letter in shown if letter.isdigit())
    places = {"USD": 2, "KWD": 3}[currency]
    assert int(digits) in (abs(minor), abs(minor) // 10**places)
    assert int(digits) * (10**places if int(digits) != abs(minor) else 1) == abs(minor)
    assert shown.startswith(formats.MINUS) == (minor < 0)


def test_no_float_comes_near() -> None:
    names = {node.id for node in ast.walk(ast.parse(inspect.getsource(formats))) if isinstance(node, ast.Name)}
    numbers = [node.value for node in ast.walk(ast.parse(inspect.getsource(formats))) if isinstance(node, ast.Constant)]
    assert not names & {"float", "round"}
    assert not any(isinstance(number, float) for number in numbers)


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("en", "Mon–Thu 09:00–18:00, Fri 09:00–15:00"),
        ("es", "lun–jue 09:00–18:00, vie 09:00–15:00"),
        ("ru", "пн–чт 09:00–18:00, пт 09:00–15:00"),
    ],
)
def test_business_hours_have_the_days_of_the_language(locale: str, told: str) -> None:
    assert formats.business_hours(parse("mon-thu 09:00-18:00, fri 09:00-15:00"), locale) == told
