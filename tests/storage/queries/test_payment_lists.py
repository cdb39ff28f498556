"""Failed payments: what is open, since when, how much MRR it puts at stake, and what was recovered."""

from datetime import UTC, date
from fractions import Fraction
from itertools import count
from typing import Any

import pytest

from metrics.money import Rates
from metrics.periods import month_of
from metrics.types import BookFilter, Breakdown, Money, Sentence, plural
from storage.queries.payment_lists import NO_INVOICES, NOTHING_FAILS, failing_accounts, open_failures, recovered
from storage.queries.totals import Scope
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
RATES = Rates("USD", {"EUR": Fraction(11, 10)}, OCTOBER.last)
SCOPE = Scope(OCTOBER, RATES, UTC)
_numbers = count(1)


def customer(db: Session, mrr: int = 1_000, ended_on: date | None = None, **values: Any) -> int:
    account = rows.account(db, **values)
    rows.subscribe(db, account, rows.paid(date(2026, 1, 1), ended_on, mrr))
    return account


def failed(db: Session, account: int, failed_on: date | None, amount: int = 100, **values: Any) -> None:
    """A payment that failed, and unless said otherwise still does."""
    due_on = failed_on or date(2026, 10, 5)
    values = {"currency": "USD", "status": "failed", "due_on": due_on, "failed_on": failed_on, **values}
    rows.add(db, "invoice", key=f"i-{next(_numbers)}", account_id=account, amount=amount, **values)


def told(split: Breakdown) -> dict[str, tuple[object, ...]]:
    """What each line says: counts as numbers, money in minor units."""

    def plain(value: object) -> object:
        if isinstance(value, Money):
            return value.minor
        return value.number if isinstance(value, Sentence) else value

    return {
        row.label.text if isinstance(row.label, Sentence) else row.label: tuple(plain(value) for value in row.values)
        for row in split.rows
    }


def test_without_invoices_it_teaches_instead_of_saying_that_all_is_well(db: Session) -> None:
    assert told(open_failures(db, SCOPE)) == {NO_INVOICES: ()}
    assert recovered(db, SCOPE).rows == ()
    assert failing_accounts(db, SCOPE) == []


def test_where_nothing_fails_it_says_so(db: Session) -> None:
    failed(db, customer(db), None, status="paid", paid_on=date(2026, 10, 5))
    assert told(open_failures(db, SCOPE)) == {NOTHING_FAILS: ()}


def test_what_is_open_is_told_with_its_age_attempts_and_the_mrr_at_stake(db: Session) -> None:
    first, second = customer(db, 1_000), customer(db, 400)
    gone = customer(db, 700, date(2026, 9, 1))
    failed(db, first, date(2026, 10, 30), 100, attempts=2)
    failed(db, first, date(2026, 10, 20), 10, currency="EUR", attempts=1)
    failed(db, second, date(2026, 10, 24), 300)
    failed(db, gone, date(2026, 9, 1), 5_000)
    split = open_failures(db, SCOPE)
    assert split.title.values == {"day": OCTOBER.last}
    assert told(split) == {
        "Unpaid": (4, 100 + 11 + 300 + 5_000, 3),
        "MRR at stake": (1_400, 2),
        "Failing for up to 7 days": (2, 400),
        "Failing for 8 to 30 days": (1, 11),
        "Failing for more than 30 days": (1, 5_000),
    }


@pytest.mark.parametrize(
    ("values", "fails"),
    [
        ({"status": "failed"}, True),
        ({"status": "open"}, True),
        ({"status": "paid", "paid_on": date(2026, 11, 2)}, True),
        ({"status": "paid", "paid_on": date(2026, 10, 31)}, False),
        ({"status": "void"}, False),
        ({"status": "refunded"}, False),
        ({"status": "failed", "failed_on": None}, True),
        ({"status": "open", "failed_on": None}, False),
        ({"status": "failed", "failed_on": date(2026, 11, 1)}, False),
    ],
)
def test_what_counts_is_how_things_stood_on_the_last_day(db: Session, values: dict[str, Any], fails: bool) -> None:
    failed(db, customer(db), **{"failed_on": date(2026, 10, 5), **values})
    assert bool(failing_accounts(db, SCOPE)) is fails


def test_accounts_come_with_their_reason_the_most_mrr_at_stake_first(db: Session) -> None:
    small, large = customer(db, 500), customer(db, 900)
    gone = customer(db, 5_000, date(2026, 10, 3))
    failed(db, small, date(2026, 10, 30), 70, attempts=3)
    failed(db, large, date(2026, 10, 21), 100, currency="EUR")
    failed(db, large, date(2026, 10, 31), 50)
    failed(db, gone, date(2026, 10, 1), 5_000)
    listed = failing_accounts(db, SCOPE)
    assert [row.account_id for row in listed] == [large, small, gone]
    assert [row.mrr for row in listed] == [Money(900, "USD"), Money(500, "USD"), Money(0, "USD")]
    assert [row.day for row in listed] == [date(2026, 10, 21), date(2026, 10, 30), date(2026, 10, 1)]
    several, one, _ = (row.why for row in listed)
    assert several.values["count"] == 2
    assert several.values["amount"] == Money(160, "USD")
    assert several.values["failing"] == plural("failing for {count} day", "failing for {count} days", 10)
    assert one.values["attempts"] == plural("{count} attempt", "{count} attempts", 3)


def test_what_is_owed_in_one_currency_is_told_in_it(db: Session) -> None:
    failed(db, customer(db), date(2026, 10, 21), 100, currency="EUR")
    assert failing_accounts(db, SCOPE)[0].why.values["amount"] == Money(100, "EUR")


def test_a_book_has_its_own(db: Session) -> None:
    smb, mid = customer(db, segment="smb"), customer(db, segment="mid")
    failed(db, smb, date(2026, 10, 5))
    failed(db, mid, date(2026, 10, 5))
    scope = SCOPE._replace(book=BookFilter(segment="smb"))
    assert [row.account_id for row in failing_accounts(db, scope)] == [smb]
    assert told(open_failures(db, scope))["Unpaid"] == (1, 100)


def test_what_was_collected_after_it_had_failed_is_recovered(db: Session) -> None:
    account = customer(db)
    failed(db, account, date(2026, 10, 1), 10, status="paid", paid_on=date(2026, 10, 3))
    failed(db, account, date(2026, 9, 20), 20, status="paid", paid_on=date(2026, 10, 1))
    failed(db, account, date(2026, 10, 9), 40, status="paid", paid_on=date(2026, 11, 1))
    failed(db, account, date(2026, 10, 9), 80)
    failed(db, account, None, 160, status="paid", paid_on=date(2026, 10, 9))
    failed(db, account, date(2026, 10, 9), 320, status="void")
    assert told(recovered(db, SCOPE)) == {
        "Payments that failed": (3, 130),
        "Collected after they had failed": (2, 30),
    }
