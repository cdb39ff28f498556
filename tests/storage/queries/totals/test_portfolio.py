"""Portfolio totals: a book's movements, and what its renewals brought."""

from datetime import UTC, date
from fractions import Fraction
from typing import Any

from metrics.facts import PortfolioFacts
from metrics.money import Rates
from metrics.periods import month_of
from metrics.types import BookFilter, RevenueFacts
from storage.queries.revenue import revenue
from storage.queries.totals import Scope, facts_by_account, facts_by_period, facts_of
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
RATES = Rates("USD", {"EUR": Fraction(11, 10)}, OCTOBER.last)
DUE = date(2026, 10, 12)


def renewing(db: Session, due_on: date, before: int, after: int, currency: str = "USD", **values: Any) -> None:
    """An account that paid `before` until it renewed, and `after` from then on."""
    account = rows.account(db, csm_email="ana@example.com")
    rows.add(db, "renewal", account_id=account, due_on=due_on)
    first = rows.paid(date(2026, 1, 1), None if before == after else due_on, before, currency)
    then = () if before == after else (rows.paid(due_on, None, after, currency, **values),)
    rows.subscribe(db, account, first, *then)


def test_an_empty_store_has_nothing(db: Session) -> None:
    nothing = PortfolioFacts(RevenueFacts("USD", OCTOBER.start, OCTOBER.end))
    assert facts_of(db, PortfolioFacts, Scope(OCTOBER, RATES, UTC)) == nothing
    assert facts_by_period(db, PortfolioFacts, Scope(OCTOBER, RATES, UTC), []) == ()


def test_a_higher_price_on_the_renewal_day_is_uplift_and_an_unchanged_one_is_told_apart(db: Session) -> None:
    renewing(db, DUE, 1_000, 1_200)
    renewing(db, DUE, 500, 500)
    renewing(db, DUE, 2_000, 2_500, "EUR")
    renewing(db, DUE, 800, 900, plan="Business")
    facts = facts_of(db, PortfolioFacts, Scope(OCTOBER, RATES, UTC))
    assert facts.renewal_uplift == 200 + 550
    assert facts.renewed_unchanged == 500
    assert facts.revenue == revenue(db, OCTOBER, rates=RATES)
    assert facts.revenue.expansion == 200 + 550 + 100


def test_a_higher_price_on_another_day_is_no_uplift(db: Session) -> None:
    account = rows.account(db)
    rows.add(db, "renewal", account_id=account, due_on=DUE)
    later = date(2026, 10, 13)
    rows.subscribe(db, account, rows.paid(date(2026, 1, 1), later, 100), rows.paid(later, None, 150))
    facts = facts_of(db, PortfolioFacts, Scope(OCTOBER, RATES, UTC))
    assert (facts.renewal_uplift, facts.revenue.expansion) == (0, 50)


def test_each_account_has_its_own_movements_and_renewals(db: Session) -> None:
    renewing(db, DUE, 1_000, 1_200)
    renewing(db, DUE, 500, 500, "EUR")
    renewing(db, date(2026, 11, 1), 300, 300)
    scope = Scope(OCTOBER, RATES, UTC, BookFilter(csm_email="ana@example.com"))
    found = facts_by_account(db, PortfolioFacts, scope)
    for account_id, facts in found.items():
        assert facts == facts_of(db, PortfolioFacts, scope._replace(book=BookFilter(account_id=account_id)))
    assert sorted((one.renewal_uplift, one.renewed_unchanged) for one in found.values()) == [(0, 0), (0, 550), (200, 0)]


def test_months_together_are_the_same_as_one_by_one(db: Session) -> None:
    renewing(db, DUE, 1_000, 1_200)
    renewing(db, date(2026, 9, 30), 300, 300)
    renewing(db, date(2026, 10, 1), 300, 400)
    months = (OCTOBER.previous(), OCTOBER)
    for book in (BookFilter(), BookFilter(csm_email="ana@example.com"), BookFilter(csm_email="bob@example.com")):
        scope = Scope(OCTOBER, RATES, UTC, book)
        one_by_one = [facts_of(db, PortfolioFacts, scope._replace(period=month)) for month in months]
        assert list(facts_by_period(db, PortfolioFacts, scope, months)) == one_by_one
