"""The accounts that a search for signals looks at."""

from collections.abc import Iterable
from datetime import UTC, date, timedelta

from metrics.account_facts import AccountFacts
from metrics.money import home_only
from metrics.types import BookFilter
from storage.queries.risk_scan import facts_of_book
from storage.session import Session
from tests.storage.queries.rows import account, paid, subscribe

TODAY = date(2026, 11, 1)
EVERYBODY = BookFilter()


def found(db: Session, book: BookFilter = EVERYBODY) -> list[str]:
    facts: Iterable[AccountFacts] = facts_of_book(db, as_of=TODAY, zone=UTC, rates=home_only("USD", TODAY), book=book)
    return [one.name for one in facts]


def test_customers_and_those_being_brought_on_board_are_looked_at(db: Session) -> None:
    subscribe(db, account(db, "Customer", segment="smb"), paid(TODAY - timedelta(days=90)))
    subscribe(db, account(db, "Left"), paid(TODAY - timedelta(days=90), TODAY - timedelta(days=9)))
    account(db, "Onboarding", lifecycle_stage="onboarding", csm_email="ana@x.test")
    account(db, "Prospect")
    assert found(db) == ["Customer", "Onboarding"]
    assert found(db, BookFilter(segment="SMB")) == ["Customer"]
    assert found(db, BookFilter(csm_email="ana@x.test")) == ["Onboarding"]
    assert found(db, BookFilter(segment="none")) == []
