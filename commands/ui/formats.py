"""Figures, money and dates as people write them in their language: the only place where anything is rounded.

Rounding is half up (away from zero), once, from the exact int or Fraction; no float comes near. `None` is shown as
"n/a". Decimals that are all zero are left out ("$12,340", "5%"), others are shown in full down to the minor unit
("$12,340.50"), so that what stands on a card adds up. Negative figures carry a real minus sign in front ("−$300").
"""

import re
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Final, TypeAlias

from babel import Locale, dates
from babel.numbers import NumberPattern

from metrics.business_hours import BusinessHours, clock_time
from metrics.money import minor_digits

MINUS: Final = "−"
_LETTER_BEFORE_DIGIT: Final = re.compile(r"(?<=[^\W\d_])(?=\d)")
"""Where the CLDR puts a space: KWD 12.345, but $12.34."""
NOT_AVAILABLE: Final = {"en": "n/a", "es": "n/d", "ru": "н/д"}
POINTS: Final = {"en": "pp", "es": "p.\u202fp.", "ru": "п.\u202fп."}
"""Percentage points."""
DAY: Final = {"en": "d MMM y", "es": "d MMM y", "ru": "d MMM y\u202f'г'."}
MONTH: Final = {"en": "LLLL y", "es": "LLLL 'de' y", "ru": "LLLL y\u202f'г'."}

REMEMBERED: Final = 4096
"""How many figures and how many days are remembered as written: the same ones stand on card after card."""

Exact: TypeAlias = int | Fraction
"""What may be shown: a whole number or an exact ratio."""


def rounded(value: Exact, digits: int = 0) -> int:
    """`value` in units of 10^-digits, half up: nine eighths with two digits are 113."""
    scaled, denominator = abs(value.numerator) * 10**digits, value.denominator
    whole: int = (2 * scaled + denominator) // (2 * denominator)
    return -whole if value < 0 else whole


def not_available(locale: str) -> str:
    """What stands where there is no answer."""
    return NOT_AVAILABLE[locale]


# --- Numbers -----------------------------------------------------------------------------------------------------


def number(value: Exact | None, locale: str, digits: int = 0) -> str:
    """A plain number with at most `digits` decimals: 12,340 or 3.5."""
    if value is None:
        return not_available(locale)
    return _signed(rounded(value, digits), locale, digits, plus=False)


def signed_number(value: Exact | None, locale: str, digits: int = 0) -> str:
    """A change of a number: +5, −5 or 0."""
    if value is None:
        return not_available(locale)
    return _signed(rounded(value, digits), locale, digits, plus=True)


def score(value: int | None, locale: str) -> str:
    """A health score, 1 to 100."""
    return number(value, locale)


def percent(ratio: Exact | None, locale: str, digits: int = 1) -> str:
    """A ratio as a percentage with at most `digits` decimals: Fraction(1, 8) is 12.5%."""
    if ratio is None:
        return not_available(locale)
    return _percentage(rounded(Fraction(ratio) * 100, digits), locale, digits, plus=False)


def signed_percent(ratio: Exact | None, locale: str, digits: int = 1) -> str:
    """Growth as a percentage: +12.5%, −3% or 0%."""
    if ratio is None:
        return not_available(locale)
    return _percentage(rounded(Fraction(ratio) * 100, digits), locale, digits, plus=True)


def points(change: Exact | None, locale: str, digits: int = 1) -> str:
    """The difference of two percentages, in percentage points: Fraction(1, 100) is +1 pp."""
    if change is None:
        return not_available(locale)
    return f"{signed_number(Fraction(change) * 100, locale, digits)}\u00a0{POINTS[locale]}"


# --- Money -------------------------------------------------------------------------------------------------------


def money(minor: Exact | None, currency: str, locale: str) -> str:
    """An amount of minor units: $12,340 or $950.50. A mean (a Fraction) is rounded to the minor unit.

    UnknownCurrency where ISO 4217 has no such code.
    """
    return _money(minor, currency, locale, plus=False)


def signed_money(minor: Exact | None, currency: str, locale: str) -> str:
    """A change of an amount: +$1,200, −$300 or $0."""
    return _money(minor, currency, locale, plus=True)


def short_money(minor: Exact | None, currency: str, locale: str) -> str:
    """An amount for a narrow place (a chart's label), in thousands or millions with one decimal: $12.3K."""
    if minor is None:
        return not_available(locale)
    major = Fraction(minor, 10 ** minor_digits(currency))
    power = 6 if abs(major) >= 999_950 else 3 if abs(major) >= 1000 else 0
    suffix = {"en": {6: "M", 3: "K"}, "es": {6: "\u00a0M", 3: "\u00a0mil"}, "ru": {6: "\u00a0млн", 3: "\u00a0тыс."}}
    unit = suffix[locale].get(power, "")
    digits = 1 if power else 0
    text = _signed(rounded(major / 10**power, digits), locale, digits, plus=False, currency=currency)
    last = max(index for index, letter in enumerate(text) if letter.isdigit())
    return text[: last + 1] + unit + text[last + 1 :]


# --- Days --------------------------------------------------------------------------------------------------------


def day(value: date | None, locale: str) -> str:
    """A day with its year: 21 Nov 2026."""
    return not_available(locale) if value is None else _date(value, DAY[locale], locale)


def day_short(value: date | None, locale: str) -> str:
    """A day where the year is plain: 21 Nov."""
    return not_available(locale) if value is None else _date(value, "d MMM", locale)


def month(value: date | None, locale: str) -> str:
    """The month of a day: October 2026."""
    return not_available(locale) if value is None else _date(value, MONTH[locale], locale)


def month_short(value: date | None, locale: str) -> str:
    """The month of a day for a chart's axis: Oct."""
    return not_available(locale) if value is None else _date(value, "LLL", locale)


def moment(value: datetime | None, locale: str) -> str:
    """A moment to the minute, in the time zone it carries: 21 Nov 2026, 14:05."""
    if value is None:
        return not_available(locale)
    return f"{day(value.date(), locale)}, {value:%H:%M}"


# --- How it is done ----------------------------------------------------------------------------------------------


@cache
def _pattern(locale: str, decimals: int, *, money: bool = False) -> NumberPattern:
    """How the language writes a number, or an amount, with so many decimals."""
    known = Locale.parse(locale)
    pattern: NumberPattern = copy(known.currency_formats["standard"] if money else known.decimal_formats[None])
    pattern.frac_prec = (decimals, decimals)
    return pattern


@cache
def _percent_sign(locale: str) -> str:
    """What follows a number that is a percentage: the sign, with a space before it where the language has one."""
    pattern: NumberPattern = Locale.parse(locale).percent_formats[None]
    return pattern.suffix[0]


def business_hours(hours: BusinessHours, locale: str) -> str:
    """The hours of a week: Mon–Thu 09:00–18:00, Fri 09:00–15:00."""
    names = Locale.parse(locale).days["stand-alone"]["abbreviated"]
    return ", ".join(
        f"{_between(*dict.fromkeys((names[first], names[last])))} {_between(clock_time(begin), clock_time(end))}"
        for first, last, begin, end in hours.rules
    )


def _between(*ends: str) -> str:
    return "–".join(ends)


@lru_cache(REMEMBERED)
def _date(value: date, pattern: str, locale: str) -> str:
    return dates.format_date(value, pattern, locale)


def _money(minor: Exact | None, currency: str, locale: str, *, plus: bool) -> str:
    if minor is None:
        return not_available(locale)
    return _signed(rounded(minor), locale, minor_digits(currency), plus=plus, currency=currency)


def _percentage(units: int, locale: str, digits: int, *, plus: bool) -> str:
    return _signed(units, locale, digits, plus=plus) + _percent_sign(locale)


@lru_cache(REMEMBERED)
def _signed(units: int, locale: str, digits: int, *, plus: bool, currency: str | None = None) -> str:
    """`units` of 10^-digits as the language writes them, the sign in front of everything."""
    shown = digits if digits > 0 and units % 10**digits else 0
    pattern = _pattern(locale, shown, money=currency is not None)
    text: str = pattern.apply(Decimal(abs(units)).scaleb(-digits), locale, currency=currency, currency_digits=False)
    sign = MINUS if units < 0 else "+" if plus and units > 0 else ""
    return sign + _LETTER_BEFORE_DIGIT.sub("\u00a0", text)
