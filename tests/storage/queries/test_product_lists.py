"""Features, people, and the accounts that use little of the product or less than before."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, timedelta
from fractions import Fraction

import pytest

from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import AccountRow, BookFilter, Money, Sentence
from storage.queries.product_lists import active_users, by_feature, one_feature_only, use_fallen
from storage.queries.totals import Scope
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
LAST = date(2026, 10, 31)
SCOPE = Scope(OCTOBER, home_only("USD", LAST), UTC)
SMB = SCOPE._replace(book=BookFilter(segment="smb"))


def customer(db: Session, name: str, amount: int = 10_000, segment: str = "mid") -> int:
    account_id = rows.account(db, name, segment=segment)
    rows.subscribe(db, account_id, rows.paid(date(2026, 1, 1), amount=amount))
    return account_id


def used(db: Session, account_id: int, now: int, before: int, feature: str = "reports", **counts: int) -> None:
    """Use on so many of the last days, and of the last days before the 28."""
    for eve, days in ((LAST, now), (LAST - timedelta(days=28), before)):
        for number in range(days):
            rows.used(db, account_id, eve - timedelta(days=number), "ana", feature, **counts)


@pytest.mark.parametrize("rows_of", [one_feature_only, use_fallen])
def test_without_usage_there_is_nothing_to_list(
    db: Session, rows_of: Callable[[Session, Scope], Sequence[AccountRow]]
) -> None:
    customer(db, "Acme")
    assert rows_of(db, SCOPE) == ()
    assert by_feature(db, SCOPE).rows == active_users(db, SCOPE).rows == ()


def test_features_come_with_their_customers_and_share_the_most_used_first(db: Session) -> None:
    acme, beta = customer(db, "Acme"), customer(db, "Beta", segment="smb")
    for account_id, feature in ((acme, "reports"), (acme, "exports"), (beta, "reports")):
        rows.used(db, account_id, LAST, feature=feature)
    rows.used(db, acme, LAST - timedelta(days=60), feature="fax")
    found = by_feature(db, SCOPE)
    assert found.title.values == {"first": date(2026, 10, 4), "last": LAST}
    assert [(row.label, row.values[1]) for row in found.rows] == [
        ("reports", Fraction(1)),
        ("exports", Fraction(1, 2)),
        ("fax", Fraction(0)),
    ]
    assert isinstance(found.rows[1].values[0], Sentence)
    assert found.rows[1].values[0].number == 1
    assert [row.values[1] for row in by_feature(db, SMB).rows] == [1, 0, 0]


def test_features_of_a_book_without_customers_are_no_list(db: Session) -> None:
    rows.used(db, rows.account(db), LAST, feature="reports")
    assert by_feature(db, SCOPE).rows == ()


def test_people_are_told_with_their_minutes_a_week(db: Session) -> None:
    acme = customer(db, "Acme")
    rows.used(db, acme, LAST, "ana", sessions=1, minutes=20)
    rows.used(db, acme, LAST - timedelta(days=7), "ana", sessions=1, minutes=31)
    assert [row.values for row in active_users(db, SCOPE).rows] == [(1,), (26,)]


def test_where_nobody_counts_minutes_there_are_none(db: Session) -> None:
    rows.used(db, customer(db, "Acme"), LAST, "ana")
    assert [row.values for row in active_users(db, SCOPE).rows] == [(1,)]


def test_accounts_of_one_feature_are_listed_the_largest_first(db: Session) -> None:
    small, large, broad, silent = (
        customer(db, "Small"),
        customer(db, "Large", 90_000),
        customer(db, "Broad"),
        customer(db, "Silent"),
    )
    rows.used(db, small, LAST, "ana", "exports")
    rows.used(db, small, LAST, "bob", "exports")
    rows.used(db, large, LAST, feature="reports")
    rows.used(db, large, LAST)
    rows.used(db, broad, LAST, feature="reports")
    rows.used(db, broad, LAST, feature="exports")
    rows.used(db, silent, LAST)
    found = one_feature_only(db, SCOPE)
    assert [(row.name, row.mrr, row.why.values["feature"]) for row in found] == [
        ("Large", Money(90_000, "USD"), "reports"),
        ("Small", Money(10_000, "USD"), "exports"),
    ]


def test_a_product_of_one_feature_has_no_such_accounts(db: Session) -> None:
    rows.used(db, customer(db, "Acme"), LAST, feature="reports")
    assert one_feature_only(db, SCOPE) == ()


def test_falls_are_listed_the_deepest_first(db: Session) -> None:
    gone, halved, quartered, steady, larger = (
        customer(db, "Gone", segment="smb"),
        customer(db, "Halved"),
        customer(db, "A quarter less"),
        customer(db, "Steady"),
        customer(db, "Halved too", 50_000),
    )
    used(db, gone, 0, 4, sessions=5)
    used(db, halved, 2, 4, sessions=5)
    used(db, quartered, 3, 4, sessions=5)
    used(db, steady, 4, 5, sessions=5)
    used(db, larger, 2, 4, sessions=5)
    found = use_fallen(db, SCOPE)
    assert [(row.name, row.why.values["fall"]) for row in found] == [
        ("Gone", 1),
        ("Halved too", Fraction(1, 2)),
        ("Halved", Fraction(1, 2)),
        ("A quarter less", Fraction(1, 4)),
    ]
    assert (found[1].why.number, found[1].why.values["before"]) == (10, 20)
    assert [row.name for row in use_fallen(db, SMB)] == ["Gone"]


def test_little_use_before_is_no_fall(db: Session) -> None:
    acme, beta = customer(db, "Acme"), customer(db, "Beta")
    used(db, acme, 1, 3, sessions=6)
    used(db, beta, 1, 7, events=1)
    assert use_fallen(db, SCOPE) == ()


def test_where_nobody_counts_an_accounts_sessions_its_days_fall(db: Session) -> None:
    acme, beta = customer(db, "Acme"), customer(db, "Beta")
    used(db, acme, 2, 8, events=1)
    used(db, acme, 2, 8, "exports", events=1)
    used(db, beta, 8, 8, sessions=5)
    (row,) = use_fallen(db, SCOPE)
    assert (row.name, row.why.number, row.why.values["before"]) == ("Acme", 2, 8)
    assert "days" in row.why.text + str(row.why.many)
