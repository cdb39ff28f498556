"""Amounts of money: minor units by ISO 4217, parsing, monthly normalisation and conversion, all exact."""

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from metrics.arithmetic import half_even
from metrics.errors import BadAmount, MissingRate, UnknownCurrency
from metrics.types import Interval

_CODES_BY_DIGITS: Mapping[int, str] = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF"
        " CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ"
        " GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD"
        " MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD"
        " RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH"
        " USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ZWL"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
"""The currencies of ISO 4217 by the decimals they have; ones replaced of late stay, because old rows are in them."""

_DIGITS: Mapping[str, int] = {code: digits for digits, codes in _CODES_BY_DIGITS.items() for code in codes.split()}

_AMOUNT = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")

MOST_DIGITS = 18
"""An amount of so many digits, minor units included, still fits the 64 bits that a database column has."""

_MONTHS: Mapping[Interval, tuple[int, int]] = {
    Interval.DAY: (12, 365),
    Interval.WEEK: (12, 52),
    Interval.MONTH: (1, 1),
    Interval.QUARTER: (3, 1),
    Interval.YEAR: (12, 1),
}
"""Months in an interval, as numerator and denominator (metrics.md, Recurring revenue)."""


def minor_digits(currency: str) -> int:
    """How many decimals `currency` has by ISO 4217; UnknownCurrency for a code that it does not list.

    >>> minor_digits("EUR"), minor_digits("JPY"), minor_digits("KWD")
    (2, 0, 3)
    """
    try:
        return _DIGITS[currency]
    except KeyError:
        raise UnknownCurrency(f"{currency!r} is no currency code of ISO 4217") from None


def parse_amount(text: str, currency: str, *, allow_negative: bool = False) -> int:
    """The minor units that `text`, a decimal number with a point, stands for in `currency`.

    BadAmount for anything else: thousands separators, exponents, more decimals than the currency has, a minus sign
    unless `allow_negative`, more than MOST_DIGITS digits. Nothing is rounded, ever.

    >>> parse_amount("1250.5", "EUR"), parse_amount("1250", "JPY")
    (125050, 1250)
    """
    digits = minor_digits(currency)
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise BadAmount(f"{text!r} is no decimal number such as 1250.00")
    sign, whole, decimals = match[1], match[2], match[3] or ""
    if sign and not allow_negative:
        raise BadAmount(f"{text!r} is negative")
    if len(decimals) > digits:
        raise BadAmount(f"{text!r} has more decimals than the {digits} of {currency}")
    minor = whole + decimals.ljust(digits, "0")
    if len(minor.lstrip("0")) > MOST_DIGITS:
        raise BadAmount(f"{text!r} is too large")
    return int(sign + minor)


def monthly(amount: int, interval: Interval, interval_count: int) -> int:
    """The MRR of a row that bills `amount` every `interval_count` intervals, half-even to the minor unit.

    >>> monthly(120_000, Interval.YEAR, 1), monthly(1_000, Interval.WEEK, 2)
    (10000, 2167)
    """
    months, parts = _MONTHS[interval]
    per = months * interval_count
    return amount if per == parts else half_even(amount * parts, per)


def convert(minor: int, rate: Fraction, from_currency: str, to_currency: str) -> int:
    """`minor` units of `from_currency` in `to_currency`, half-even; `rate` is units of `to` for one unit of `from`.

    >>> convert(1_000, Fraction(3, 500), "JPY", "EUR")  # 1000 yen at 0.006
    600
    """
    shift = minor_digits(to_currency) - minor_digits(from_currency)
    # Whole numbers throughout: a report converts tens of thousands of amounts, and Fraction reduces each time.
    return half_even(minor * rate.numerator * 10 ** max(shift, 0), rate.denominator * 10 ** max(-shift, 0))


class Rates(NamedTuple):
    """One exchange rate per currency for a whole report: units of `home` for one unit of the currency.

    `day` is the report's last day, on or before which the rates were last known; it is only told, not computed with.
    `company` is the company's own currency where the report is in another one; empty: `home` is it.
    """

    home: str
    rates: Mapping[str, Fraction]
    day: date
    company: str = ""

    @property
    def own(self) -> str:
        """The company's currency, which is what amounts without a currency (targets, potentials) are in."""
        return self.company or self.home

    def rate(self, currency: str) -> Fraction:
        """Units of `home` for one unit of `currency`; MissingRate where none is known."""
        if currency == self.home:
            return Fraction(1)
        try:
            return self.rates[currency]
        except KeyError:
            raise MissingRate(currency, self.day) from None

    def to_home(self, minor: int, currency: str) -> int:
        """`minor` units of `currency` in minor units of `home`; MissingRate where no rate is known."""
        if currency == self.home:
            return minor
        return convert(minor, self.rate(currency), currency, self.home)


def home_only(home: str, day: date) -> Rates:
    """Rates for a company that bills in `home` alone: every other currency is a MissingRate."""
    return Rates(home, MappingProxyType({}), day)
