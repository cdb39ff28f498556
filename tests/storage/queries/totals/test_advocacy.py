"""Advocacy by kind."""

from datetime import UTC, date

from metrics.facts import AdvocacyTotals
from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import BookFilter
from storage.queries.totals import Scope, facts_by_account, facts_by_period, facts_of
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
SCOPE = Scope(OCTOBER, home_only("USD", OCTOBER.last), UTC)


def test_entries_are_counted_by_kind_in_their_period(db: Session) -> None:
    smb, other = rows.account(db, segment="smb"), rows.account(db)
    entries = ((smb, "referral", 1), (other, "referral", 31), (other, "talk", 5))
    for number, (account_id, kind, day) in enumerate(entries):
        rows.add(db, "advocacy", key=f"v{number}", account_id=account_id, kind=kind, day=date(2026, 10, day))
    rows.add(db, "advocacy", key="later", account_id=smb, kind="review", day=date(2026, 11, 1))
    october, november = facts_by_period(db, AdvocacyTotals, SCOPE, [OCTOBER, month_of(OCTOBER.end)])
    assert october == facts_of(db, AdvocacyTotals, SCOPE) == AdvocacyTotals({"referral": 2, "talk": 1})
    assert november == AdvocacyTotals({"review": 1})
    book = SCOPE._replace(book=BookFilter(segment="smb"))
    assert facts_of(db, AdvocacyTotals, book) == AdvocacyTotals({"referral": 1})


def test_each_account_has_its_own_entries(db: Session) -> None:
    smb, other, _ = rows.account(db, segment="smb"), rows.account(db), rows.account(db)
    entries = ((smb, "referral", 1), (smb, "referral", 2), (other, "talk", 31), (other, "review", 5))
    for number, (account_id, kind, day) in enumerate(entries):
        rows.add(db, "advocacy", key=f"v{number}", account_id=account_id, kind=kind, day=date(2026, 10, day))
    rows.add(db, "advocacy", key="later", account_id=smb, kind="review", day=date(2026, 11, 1))
    found = facts_by_account(db, AdvocacyTotals, SCOPE)
    assert found == {smb: AdvocacyTotals({"referral": 2}), other: AdvocacyTotals({"talk": 1, "review": 1})}
    book = SCOPE._replace(book=BookFilter(segment="smb"))
    assert facts_by_account(db, AdvocacyTotals, book) == {smb: AdvocacyTotals({"referral": 2})}
