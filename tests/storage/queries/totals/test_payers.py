"""Payers: who paid in a year, and who paid again."""

from datetime import UTC, date

from metrics.facts import PayerFacts
from metrics.money import Rates
from metrics.periods import month_of
from metrics.types import BookFilter
from storage.queries.totals import Scope, facts_by_account, facts_of
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
SCOPE = Scope(OCTOBER, Rates("USD", {}, OCTOBER.last), UTC)
_keys = iter(range(1_000_000))


def bill(db: Session, account: int, paid_on: date, status: str = "paid") -> None:
    values = {"status": status, "due_on": paid_on, "paid_on": paid_on, "amount": 100, "currency": "USD"}
    rows.add(db, "invoice", key=f"i-{next(_keys)}", account_id=account, **values)


def test_payers_are_counted_over_365_days_and_those_who_paid_twice_apart(db: Session) -> None:
    for days in (
        [date(2026, 10, 31)],
        [date(2025, 11, 1), date(2026, 10, 31)],
        [date(2025, 11, 1), date(2025, 11, 1), date(2026, 5, 1)],
        [date(2025, 10, 31), date(2026, 10, 1)],
        [date(2025, 10, 31), date(2026, 11, 1)],
        [],
    ):
        account = rows.account(db)
        for day in days:
            bill(db, account, day)
        bill(db, account, date(2026, 10, 1), status="refunded")
    facts = facts_of(db, PayerFacts, SCOPE)
    assert (facts.payers, facts.repeat_payers) == (4, 2)


def test_of_a_book_only_its_accounts_are_counted(db: Session) -> None:
    for segment in ("smb", "smb", "mid"):
        bill(db, rows.account(db, segment=segment), date(2026, 10, 1))
    assert facts_of(db, PayerFacts, SCOPE._replace(book=BookFilter(segment="smb"))) == PayerFacts(2, 0)


def test_each_who_paid_is_one_payer(db: Session) -> None:
    once, often, never, elsewhere = (rows.account(db, segment=segment) for segment in ("smb", "smb", "smb", "mid"))
    for account, times in ((once, 1), (often, 3), (elsewhere, 1)):
        for _ in range(times):
            bill(db, account, date(2026, 10, 1))
    bill(db, never, date(2026, 10, 1), "refunded")
    found = facts_by_account(db, PayerFacts, SCOPE._replace(book=BookFilter(segment="smb")))
    assert found == {once: PayerFacts(1, 0), often: PayerFacts(1, 1)}
