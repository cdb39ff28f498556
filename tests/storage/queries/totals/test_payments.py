"""Payments that failed, and what became of them."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from metrics.facts import PaymentFacts
from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import BookFilter
from storage.queries.totals import Scope, facts_by_account, facts_of
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))


def facts(db: Session, **book: Any) -> PaymentFacts:
    rates = home_only("USD", OCTOBER.last)
    return facts_of(db, PaymentFacts, Scope(OCTOBER, rates, ZoneInfo("UTC"), BookFilter(**book)))


def bill(db: Session, account: int, key: str, **values: Any) -> None:
    common = {"key": key, "account_id": account, "amount": 100, "currency": "USD", "due_on": date(2026, 10, 1)}
    rows.add(db, "invoice", **{**common, **values})


def day(number: int, month: int = 10) -> date:
    return date(2026, month, number)


def test_nothing_failed(db: Session) -> None:
    bill(db, rows.account(db), "paid", status="paid", paid_on=day(2))
    assert facts(db) == PaymentFacts()


def test_those_that_failed_in_the_period_and_were_paid_by_its_end(db: Session) -> None:
    one = rows.account(db, segment="smb")
    bill(db, one, "soon", status="paid", failed_on=day(1), paid_on=day(1))
    bill(db, one, "last day", status="paid", failed_on=day(31), paid_on=day(31))
    bill(db, one, "later", status="paid", failed_on=day(9), paid_on=day(1, 11))
    bill(db, one, "open", status="failed", failed_on=day(9))
    bill(db, one, "day unknown", status="failed")
    bill(db, one, "void", status="void", failed_on=day(9))
    bill(db, one, "refunded", status="refunded", failed_on=day(9), paid_on=day(10))
    bill(db, one, "earlier", status="paid", failed_on=day(21, 9), paid_on=day(6))
    bill(db, one, "after", status="paid", failed_on=day(1, 11), paid_on=day(2, 11))
    assert facts(db) == facts(db, segment="smb") == PaymentFacts(failed=6, recovered=2, days=(0, 0, 15))
    assert facts(db, segment="mid") == PaymentFacts()


def test_each_account_has_its_own_failures(db: Session) -> None:
    both, collected, failing, elsewhere = (rows.account(db, segment=of) for of in ("smb", "smb", "smb", "mid"))
    bill(db, both, "long", status="paid", failed_on=day(1), paid_on=day(9))
    bill(db, both, "short", status="paid", failed_on=day(2), paid_on=day(3))
    bill(db, collected, "old", status="paid", failed_on=day(30, 9), paid_on=day(3))
    bill(db, failing, "new", status="failed", failed_on=day(30))
    bill(db, elsewhere, "other", status="failed", failed_on=day(30))
    scope = Scope(OCTOBER, home_only("USD", OCTOBER.last), ZoneInfo("UTC"), BookFilter(segment="smb"))
    assert facts_by_account(db, PaymentFacts, scope) == {
        both: PaymentFacts(2, 2, (1, 8)),
        collected: PaymentFacts(0, 0, (3,)),
        failing: PaymentFacts(1, 0),
    }
