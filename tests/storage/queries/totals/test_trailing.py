"""Trailing totals are the movements of twelve months, and of several overlapping years the same as one by one."""

import random
from datetime import UTC, date, timedelta
from fractions import Fraction

from metrics.facts import TrailingFacts
from metrics.money import Rates, home_only
from metrics.periods import Period, month_of, trailing_months
from metrics.types import BookFilter, EndReason, RevenueFacts
from storage.queries.revenue import revenue
from storage.queries.totals import Scope, facts_by_account, facts_by_period, facts_of
from storage.queries.totals.trailing import twelve_months
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
RATES = Rates("USD", {"EUR": Fraction("1.0837")}, OCTOBER.last)


def test_the_year_ends_with_the_period() -> None:
    assert twelve_months(OCTOBER.end) == trailing_months(12, last_full_month_before=OCTOBER.end)
    assert twelve_months(date(2026, 11, 24))[:2] == (date(2025, 11, 24), date(2026, 11, 24))
    assert twelve_months(date(2028, 2, 29))[:2] == (date(2027, 3, 1), date(2028, 2, 29))
    assert twelve_months(date(2029, 3, 1))[:2] == (date(2028, 3, 1), date(2029, 3, 1))


def test_an_empty_store_has_an_empty_year(db: Session) -> None:
    scope = Scope(OCTOBER, home_only("USD", OCTOBER.last), UTC)
    assert facts_of(db, TrailingFacts, scope) == TrailingFacts(RevenueFacts("USD", date(2025, 11, 1), OCTOBER.end))
    assert facts_by_period(db, TrailingFacts, scope._replace(book=BookFilter(segment="smb", plan="Team")), []) == []


def test_it_follows_the_customers_of_a_year_ago(db: Session) -> None:
    grown, shrunk, gone, new = (rows.account(db, segment="smb") for _ in range(4))
    rows.subscribe(
        db, grown, rows.paid(date(2025, 1, 1), date(2026, 2, 1), 100), rows.paid(date(2026, 2, 1), None, 150)
    )
    rows.subscribe(
        db, shrunk, rows.paid(date(2025, 1, 1), date(2026, 3, 1), 400), rows.paid(date(2026, 3, 1), None, 300)
    )
    rows.subscribe(db, gone, rows.paid(date(2025, 1, 1), date(2026, 4, 1), 500, end_reason=EndReason.VOLUNTARY))
    rows.subscribe(db, new, rows.paid(date(2025, 11, 1), None, 70))
    for book in (BookFilter(), BookFilter(segment="smb")):
        year = facts_of(db, TrailingFacts, Scope(OCTOBER, RATES, UTC, book)).year
        assert (year.opening, year.retained, year.kept) == (1_000, 450, 400)
        assert (year.customers_opening, year.customers_lost, year.customers_won) == (3, 1, 1)


def test_a_running_month_looks_back_from_its_last_day(db: Session) -> None:
    rows.subscribe(db, rows.account(db), rows.paid(date(2025, 11, 20), None, 100))
    now = Period(date(2026, 11, 1), date(2026, 11, 24))
    assert facts_of(db, TrailingFacts, Scope(now, RATES, UTC)).year.opening == 100
    assert facts_of(db, TrailingFacts, Scope(OCTOBER, RATES, UTC)).year.opening == 0


def test_each_account_has_its_own_year(db: Session) -> None:
    stays, gone = rows.account(db), rows.account(db)
    rows.subscribe(db, stays, rows.paid(date(2025, 1, 1), date(2026, 2, 1), 100), rows.paid(date(2026, 2, 1), None, 7))
    rows.subscribe(db, gone, rows.paid(date(2024, 1, 1), date(2025, 10, 1)))
    scope = Scope(OCTOBER, RATES, UTC)
    alone = facts_of(db, TrailingFacts, scope._replace(book=BookFilter(account_id=stays)))
    assert facts_by_account(db, TrailingFacts, scope) == {stays: alone}
    assert (alone.year.opening, alone.year.kept) == (100, 7)


def test_several_years_together_are_the_same_as_one_by_one(db: Session) -> None:
    chance = random.Random(7)
    for number in range(25):
        account = rows.account(db, segment="smb" if number % 4 else "mid", csm_email="ana@example.com")
        rows.subscribe(db, account, *_stretches(chance, ("USD", "EUR") if number % 3 == 0 else ("USD",)))
    months = (
        *trailing_months(12, last_full_month_before=OCTOBER.end).months(),
        Period(OCTOBER.end, date(2026, 11, 24)),
    )
    both, nobodys = BookFilter("smb", "ana@example.com"), BookFilter("mid", "bob@example.com")
    for book in (BookFilter(), BookFilter(segment="smb"), both, nobodys):
        scope = Scope(months[-1], RATES, UTC, book)
        years = [revenue(db, twelve_months(month.end), rates=RATES, book=book) for month in months]
        assert [found.year for found in facts_by_period(db, TrailingFacts, scope, months)] == years


def _stretches(chance: random.Random, currencies: tuple[str, ...]):
    """An account that grows, shrinks, leaves and comes back."""
    for number in range(chance.randrange(1, 4)):
        day = date(2024, 10, 1) + timedelta(days=chance.randrange(500))
        for _ in range(chance.randrange(1, 6)):
            until = day + timedelta(days=chance.randrange(20, 200))
            reason = chance.choice((*EndReason, None))
            amount, currency = chance.randrange(1, 50) * 100, chance.choice(currencies)
            yield rows.paid(day, until, amount, currency, subscription=f"s-{number}", end_reason=reason)
            day = until + timedelta(days=chance.choice((0, 0, 0, 40)))
