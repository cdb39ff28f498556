"""Points of contact: those of customers at opening, and those of them that left."""

from datetime import UTC, date
from typing import Any

from metrics.facts import PointsFacts
from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import BookFilter
from storage.queries.totals import Scope, facts_by_account, facts_of
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
EVERYBODY = BookFilter()


def points(db: Session, book: BookFilter = EVERYBODY) -> PointsFacts:
    return facts_of(db, PointsFacts, Scope(OCTOBER, home_only("USD", OCTOBER.last), UTC, book))


def customer(db: Session, since: date = date(2026, 1, 1), until: date | None = None, **values: Any) -> int:
    account = rows.account(db, **values)
    rows.subscribe(db, account, rows.paid(since, until))
    return account


def test_an_empty_store_has_none(db: Session) -> None:
    assert points(db) == PointsFacts()


def test_who_left_in_the_period_counts_and_who_left_before_or_after_does_not(db: Session) -> None:
    account = customer(db)
    for left_on in (None, date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1)):
        rows.contact(db, account, f"left {left_on}", left_on=left_on)
    assert points(db) == PointsFacts(opening=4, left=2)


def test_who_came_in_the_period_was_not_there_at_opening(db: Session) -> None:
    account = customer(db)
    for started_on in (date(2026, 9, 30), date(2026, 10, 1)):
        rows.contact(db, account, f"since {started_on}", started_on=started_on, left_on=date(2026, 10, 20))
    assert points(db) == PointsFacts(opening=1, left=1)


def test_only_points_of_contact_count(db: Session) -> None:
    account = customer(db)
    for is_poc in (True, False, None):
        rows.contact(db, account, f"{is_poc}", is_poc=is_poc)
    assert points(db) == PointsFacts(opening=1)


def test_only_accounts_that_were_customers_at_opening_count(db: Session) -> None:
    for account in (
        customer(db),
        customer(db, until=date(2026, 10, 5)),
        customer(db, until=date(2026, 10, 1)),
        customer(db, since=date(2026, 10, 1)),
        rows.account(db),
    ):
        rows.contact(db, account, "Ana", left_on=date(2026, 10, 10))
    assert points(db) == PointsFacts(opening=3, left=3)


def test_a_book_counts_its_own(db: Session) -> None:
    rows.contact(db, customer(db, segment="smb"), "Ana")
    rows.contact(db, customer(db, segment="mid"), "Bob", left_on=date(2026, 10, 2))
    assert points(db, BookFilter(segment="SMB")) == PointsFacts(opening=1)
    assert points(db) == PointsFacts(opening=2, left=1)


def test_each_account_has_its_own(db: Session) -> None:
    smb, other, _ = customer(db, segment="smb"), customer(db), customer(db)
    for account, left_on in ((smb, None), (smb, date(2026, 10, 2)), (other, date(2026, 11, 1))):
        rows.contact(db, account, f"{account} {left_on}", left_on=left_on)
    rows.contact(db, rows.account(db), "of no customer")
    everybody = Scope(OCTOBER, home_only("USD", OCTOBER.last), UTC)
    found = facts_by_account(db, PointsFacts, everybody)
    assert found == {smb: PointsFacts(opening=2, left=1), other: PointsFacts(opening=1)}
    of_smb = facts_by_account(db, PointsFacts, everybody._replace(book=BookFilter(segment="smb")))
    assert of_smb == {smb: found[smb]}
