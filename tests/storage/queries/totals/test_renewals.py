"""Renewals: who was due, who still paid that evening, and what it came to."""

from datetime import UTC, date, timedelta
from fractions import Fraction

import pytest

from metrics.errors import MissingRate
from metrics.facts import RenewalFacts
from metrics.money import Rates
from metrics.periods import Period, month_of, quarter_of
from metrics.types import BookFilter, SubscriptionRow
from storage.queries.totals import Scope, facts_by_account, facts_of
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
BEGIN = date(2025, 10, 15)
DUE = date(2026, 10, 15)
RATES = Rates("USD", {"EUR": Fraction(11, 10)}, OCTOBER.last)


def facts(db: Session, period: Period = OCTOBER, book: BookFilter | None = None) -> RenewalFacts:
    return facts_of(db, RenewalFacts, Scope(period, RATES, UTC, book or BookFilter()))


def due(db: Session, *paid: SubscriptionRow, day: date = DUE, **values: str) -> int:
    """An account with that renewal day and these subscriptions."""
    account = rows.account(db, **values)
    rows.add(db, "renewal", account_id=account, due_on=day)
    rows.subscribe(db, account, *paid)
    return account


def test_whoever_still_pays_that_evening_has_renewed(db: Session) -> None:
    due(db, rows.paid(BEGIN, amount=1_000))
    due(db, rows.paid(BEGIN, DUE, amount=500))
    due(db, rows.paid(BEGIN, DUE + timedelta(days=1), amount=300))
    assert facts(db) == RenewalFacts(
        "USD", due=3, renewed=2, due_mrr=1_800, renewed_mrr=1_300, unchanged=1_300, uplift=0
    )


def test_a_price_that_rises_is_uplift_and_one_that_falls_is_not_renewed_in_full(db: Session) -> None:
    due(db, rows.paid(BEGIN, DUE, amount=1_000), rows.paid(DUE, amount=1_100))
    due(db, rows.paid(BEGIN, DUE, amount=1_000), rows.paid(DUE, amount=600))
    due(db, rows.paid(BEGIN, DUE, amount=1_000), rows.paid(DUE, amount=2_000, quantity=2))
    assert facts(db) == RenewalFacts("USD", due=3, renewed=3, due_mrr=3_000, renewed_mrr=2_600, uplift=100)


def test_whoever_had_left_before_or_came_that_day_was_not_due(db: Session) -> None:
    due(db, rows.paid(BEGIN, DUE - timedelta(days=1)))
    due(db, rows.paid(DUE))
    due(db)
    assert facts(db) == RenewalFacts("USD")


def test_the_first_and_the_last_day_of_the_period_are_in_it(db: Session) -> None:
    for day in (OCTOBER.start - timedelta(days=1), OCTOBER.start, OCTOBER.last, OCTOBER.end):
        due(db, rows.paid(BEGIN, amount=100), day=day)
    assert facts(db).due == 2


def test_a_running_month_tells_what_is_still_to_come(db: Session) -> None:
    due(db, rows.paid(BEGIN, amount=100), day=date(2026, 10, 10))
    due(db, rows.paid(BEGIN, amount=200), day=date(2026, 10, 20))
    due(db, rows.paid(BEGIN, date(2026, 10, 12), amount=400), day=date(2026, 10, 20))
    due(db, rows.paid(BEGIN, date(2026, 10, 19), amount=800), day=date(2026, 10, 20))
    so_far = facts(db, Period(OCTOBER.start, date(2026, 10, 16)))
    assert (so_far.due, so_far.due_mrr) == (1, 100)
    assert (so_far.undecided, so_far.undecided_mrr) == (2, 1_000)


def test_a_stretch_of_days_has_nothing_to_come(db: Session) -> None:
    due(db, rows.paid(BEGIN), day=date(2026, 10, 20))
    assert facts(db, Period(date(2026, 10, 5), date(2026, 10, 12))) == RenewalFacts("USD")


def test_an_account_with_several_renewals_counts_each_time(db: Session) -> None:
    account = due(db, rows.paid(BEGIN, date(2026, 9, 1), amount=100), day=date(2026, 7, 1))
    for day in (date(2026, 8, 1), date(2026, 9, 1)):
        rows.add(db, "renewal", account_id=account, due_on=day)
    quarter = facts(db, quarter_of(date(2026, 7, 1)))
    assert (quarter.due, quarter.renewed, quarter.due_mrr, quarter.renewed_mrr) == (3, 2, 300, 200)


def test_amounts_are_converted_account_by_account_and_currency(db: Session) -> None:
    due(db, rows.paid(BEGIN, DUE, amount=105, currency="EUR"), rows.paid(DUE, amount=205, currency="EUR"))
    both = (rows.paid(BEGIN, amount=100), rows.paid(BEGIN, DUE, amount=100, currency="EUR", subscription="s-2"))
    due(db, *both)
    found = facts(db)
    assert (found.due, found.renewed) == (2, 2)
    assert found.due_mrr == 116 + 100 + 110
    assert found.renewed_mrr == 116 + 100
    assert found.uplift == 226 - 116
    assert found.unchanged == 0


def test_a_missing_rate_is_an_error_only_while_something_is_paid_in_it(db: Session) -> None:
    left = rows.paid(BEGIN, date(2026, 1, 1), currency="JPY", subscription="s-2")
    due(db, rows.paid(BEGIN, amount=100), left)
    assert facts(db).due == 1
    due(db, rows.paid(BEGIN, currency="JPY"))
    with pytest.raises(MissingRate):
        facts(db)


def test_a_book_has_its_own(db: Session) -> None:
    due(db, rows.paid(BEGIN, amount=100), segment="smb")
    due(db, rows.paid(BEGIN, amount=200), segment="mid")
    assert facts(db, book=BookFilter(segment="smb")).due_mrr == 100


def test_each_account_has_its_own_renewals(db: Session) -> None:
    home = due(db, rows.paid(BEGIN, DUE, amount=100), rows.paid(DUE, amount=120))
    abroad = due(db, rows.paid(BEGIN, amount=100, currency="EUR"))
    rows.add(db, "renewal", account_id=abroad, due_on=date(2026, 10, 30))
    due(db, rows.paid(DUE))
    running = Period(OCTOBER.start, date(2026, 10, 21))
    found = facts_by_account(db, RenewalFacts, Scope(running, RATES, UTC))
    assert found == {
        home: RenewalFacts("USD", due=1, renewed=1, due_mrr=100, renewed_mrr=100, uplift=20),
        abroad: RenewalFacts(
            "USD", due=1, renewed=1, due_mrr=110, renewed_mrr=110, unchanged=110, undecided=1, undecided_mrr=110
        ),
    }
    assert all(one == facts(db, running, BookFilter(account_id=account_id)) for account_id, one in found.items())
