"""Exchange rates as they were known on a day."""

from datetime import date
from fractions import Fraction

import pytest

from metrics.errors import MissingRate
from metrics.money import Rates, convert
from metrics.periods import month_of
from metrics.types import BookFilter
from storage.queries.rates import currencies, rates_like, rates_on
from storage.queries.revenue import monthly_revenue, revenue
from storage.rollup import keep_rates
from storage.session import Session
from tests.storage.queries.rows import account, add, paid, subscribe

DAY = date(2026, 10, 31)


def rates(db: Session, **of: str) -> None:
    """Rates from long ago."""
    for currency, rate in of.items():
        add(db, "fx_rate", currency=currency, day=date(2020, 1, 1), rate=rate)


def shown(db: Session, currency: str | None) -> Rates:
    return rates_on(db, DAY, home="USD", shown=currency)


def test_the_last_rate_on_or_before_the_day_counts_exactly(db: Session) -> None:
    for day, rate in ((1, "1.05"), (10, "1.0837"), (20, "1.2")):
        add(db, "fx_rate", currency="EUR", day=date(2026, 10, day), rate=rate)
    add(db, "fx_rate", currency="GBP", day=date(2026, 10, 15), rate="1.3")
    rates = rates_on(db, date(2026, 10, 14), home="USD")
    assert (rates.home, rates.day, rates.rates) == ("USD", date(2026, 10, 14), {"EUR": Fraction("1.0837")})
    assert rates.to_home(10_000, "EUR") == 10_837
    with pytest.raises(MissingRate, match="GBP"):
        rates.to_home(1, "GBP")
    assert rates_on(db, date(2026, 10, 20), home="EUR").rates == {"GBP": Fraction("1.3")}


def test_into_another_currency_every_rate_is_the_quotient_of_two_exactly(db: Session) -> None:
    rates(db, EUR="1.0837", GBP="1.3", JPY="0.0067")
    assert shown(db, "EUR") == Rates(
        "EUR",
        {
            "USD": 1 / Fraction("1.0837"),
            "GBP": Fraction("1.3") / Fraction("1.0837"),
            "JPY": Fraction("0.0067") / Fraction("1.0837"),
        },
        DAY,
        company="USD",
    )
    assert (shown(db, "EUR").own, shown(db, None).own) == ("USD", "USD")
    assert shown(db, "USD") == shown(db, None)
    assert shown(db, "JPY").to_home(100, "USD") == convert(100, 1 / Fraction("0.0067"), "USD", "JPY") == 149


def test_the_currency_shown_needs_a_rate_of_its_own(db: Session) -> None:
    rates(db, EUR="1.1")
    with pytest.raises(MissingRate, match="GBP"):
        shown(db, "GBP")
    with pytest.raises(MissingRate, match="CHF"):
        shown(db, "EUR").to_home(1, "CHF")


def test_the_same_currency_is_shown_on_another_day(db: Session) -> None:
    for day, rate in ((1, "1.1"), (20, "1.2")):
        add(db, "fx_rate", currency="EUR", day=date(2026, 10, day), rate=rate)
    later = rates_on(db, DAY, home="USD", shown="EUR")
    earlier = rates_like(db, date(2026, 10, 5), later)
    assert (later.rate("USD"), earlier.rate("USD")) == (1 / Fraction("1.2"), 1 / Fraction("1.1"))
    assert rates_like(db, DAY, rates_on(db, DAY, home="USD")).home == "USD"


def test_the_companys_currency_comes_first(db: Session) -> None:
    rates(db, GBP="1.3", CHF="1.1")
    add(db, "fx_rate", currency="GBP", day=date(2021, 1, 1), rate="1.2")
    assert currencies(db, "USD") == ("USD", "CHF", "GBP")


@pytest.mark.parametrize("kept", [False, True], ids=["lines", "roll-up"])
@pytest.mark.parametrize("currency", ["EUR", "GBP", "JPY"])
def test_figures_in_another_currency_are_those_amounts_at_one_rate_up_to_rounding(
    db: Session, currency: str, *, kept: bool
) -> None:
    """Each account's MRR is converted once, half-even, from the currency that it pays in.

    So a sum is exactly that of the converted parts, and differs from the company's own figure at the same rate by at
    most half a minor unit of either currency for each of them.
    """
    rates(db, EUR="1.0837", GBP="1.27345", JPY="0.0067")
    pays = ([("USD", 33_333), ("EUR", 10_001), ("GBP", 7_777), ("JPY", 99_999)] * 3)[:11]
    for number, (own, amount) in enumerate(pays):
        one = account(db, segment="smb" if number % 2 else "big")
        subscribe(db, one, paid(date(2026, 1 + number % 9, 3), None, amount + number, own))
    two = account(db, segment="smb")
    subscribe(db, two, paid(date(2026, 2, 1), amount=5_005), paid(date(2026, 10, 2), amount=501, currency="EUR"))
    if kept:
        keep_rates(db.connection(), [shown(db, None)])
    into, own_rates = shown(db, currency), shown(db, None)
    parts = [(amount + number, own) for number, (own, amount) in enumerate(pays)] + [(5_005, "USD"), (501, "EUR")]
    october = month_of(DAY)
    for book, of in ((BookFilter(), parts), (BookFilter("smb"), [*parts[1:11:2], *parts[11:]])):
        facts, at_home = (revenue(db, october, rates=at, book=book) for at in (into, own_rates))
        assert facts.currency == currency
        assert facts.closing == sum(into.to_home(minor, own) for minor, own in of)
        shift = 100 if currency == "JPY" else 1  # cents of a dollar for one yen
        rate = into.rate("USD") / shift
        assert abs(facts.closing - at_home.closing * rate) <= len(of) * (1 + rate) / 2
        assert facts.opening + facts.expansion + facts.new == facts.closing
        counts = ("customers_opening", "customers_closing", "customers_lost", "customers_won")
        assert [getattr(facts, name) for name in counts] == [getattr(at_home, name) for name in counts]
    year = month_of(DAY).previous(), october
    assert [one.closing for one in monthly_revenue(db, year, rates=into)][-1] == sum(
        into.to_home(*one) for one in parts
    )
