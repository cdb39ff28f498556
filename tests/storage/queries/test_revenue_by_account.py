"""Revenue of each account alone is what the revenue queries say of a book that has no other."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from metrics.errors import MissingRate
from metrics.money import Rates
from metrics.periods import month_of
from metrics.types import BookFilter, Cause, EndReason, RevenueFacts
from storage.queries.revenue import revenue
from storage.queries.revenue_by_account import revenue_by_account
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
MIDDLE = date(2026, 10, 15)
BEFORE = date(2026, 1, 1)
RATES = Rates("USD", {"EUR": Fraction("1.0837")}, OCTOBER.last)
EVERYBODY = BookFilter()


def test_each_account_has_what_it_would_have_alone_and_together_they_are_the_book(db: Session) -> None:
    stays, grows, leaves, comes, abroad, both = (rows.account(db, segment="smb") for _ in range(6))
    rows.subscribe(db, stays, rows.paid(BEFORE, amount=100))
    rows.subscribe(db, grows, rows.paid(BEFORE, MIDDLE, 200), rows.paid(MIDDLE, amount=250))
    rows.subscribe(db, leaves, rows.paid(BEFORE, MIDDLE, 400, end_reason=EndReason.VOLUNTARY))
    rows.subscribe(db, comes, rows.paid(MIDDLE, amount=800))
    rows.subscribe(db, abroad, rows.paid(BEFORE, MIDDLE, 7, "EUR"), rows.paid(MIDDLE, amount=9, currency="EUR"))
    rows.subscribe(
        db, both, rows.paid(BEFORE, MIDDLE, 7, "EUR"), rows.paid(BEFORE, amount=5), rows.paid(MIDDLE, amount=6)
    )
    found = revenue_by_account(db, OCTOBER, rates=RATES, book=EVERYBODY)
    assert found.keys() == {stays, grows, leaves, comes, abroad, both}
    for account_id, facts in found.items():
        assert facts == revenue(db, OCTOBER, rates=RATES, book=BookFilter(account_id=account_id))
    whole = revenue(db, OCTOBER, rates=RATES)
    for name in ("opening", "new", "expansion", "contraction", "churn", "retained", "kept", "closing"):
        assert sum(getattr(facts, name) for facts in found.values()) == getattr(whole, name)
    assert found[leaves].lost_by_cause == {Cause.VOLUNTARY: 1}
    assert revenue_by_account(db, OCTOBER, rates=RATES, book=BookFilter(segment="smb")) == found


def test_several_turns_of_one_account_are_judged_by_its_opening_and_closing(db: Session) -> None:
    account, week = rows.account(db), timedelta(days=7)
    rows.subscribe(
        db,
        account,
        rows.paid(BEFORE, OCTOBER.start, 100),
        rows.paid(OCTOBER.start, OCTOBER.start + week, 300),
        rows.paid(OCTOBER.start + 2 * week, amount=80),
    )
    (facts,) = revenue_by_account(db, OCTOBER, rates=RATES, book=EVERYBODY).values()
    assert (facts.expansion, facts.churn, facts.reactivation) == (200, 300, 80)
    assert (facts.opening, facts.retained, facts.kept, facts.customers_lost, facts.customers_won) == (100, 80, 80, 0, 0)


def test_those_who_came_and_left_in_the_period_are_there_and_those_who_were_no_customers_are_not(db: Session) -> None:
    short, gone, later, never = (rows.account(db) for _ in range(4))
    rows.subscribe(db, short, rows.paid(MIDDLE, OCTOBER.last, 100))
    rows.subscribe(db, gone, rows.paid(BEFORE, date(2026, 9, 30), 100))
    rows.subscribe(db, later, rows.paid(OCTOBER.end, amount=100))
    assert never not in revenue_by_account(db, OCTOBER, rates=RATES, book=EVERYBODY)
    assert revenue_by_account(db, OCTOBER, rates=RATES, book=EVERYBODY) == {
        short: RevenueFacts(
            "USD", OCTOBER.start, OCTOBER.end, new=100, churn=100, by_cause={Cause.OTHER: 100}, lost_by_cause={}
        )
    }


def test_of_a_book_only_its_accounts_need_rates(db: Session) -> None:
    smb, mid = rows.account(db, segment="smb"), rows.account(db, segment="mid")
    rows.subscribe(db, smb, rows.paid(BEFORE, amount=100))
    rows.subscribe(db, mid, rows.paid(BEFORE, amount=100, currency="GBP"))
    assert revenue_by_account(db, OCTOBER, rates=RATES, book=BookFilter(segment="smb")).keys() == {smb}
    with pytest.raises(MissingRate):
        revenue_by_account(db, OCTOBER, rates=RATES, book=EVERYBODY)
