"""Revenue's totals are what the revenue queries say, one period at a time or several."""

from datetime import UTC, date

from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import BookFilter, RevenueFacts
from storage.queries.revenue import revenue
from storage.queries.totals import Scope, facts_by_account, facts_by_period, facts_of
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))


def test_they_are_those_of_the_revenue_queries(db: Session) -> None:
    rows.subscribe(db, rows.account(db, segment="smb"), rows.paid(date(2026, 9, 10)))
    rows.subscribe(db, rows.account(db), rows.paid(date(2026, 10, 10), amount=300))
    rates = home_only("USD", OCTOBER.last)
    for book in (BookFilter(), BookFilter(segment="smb")):
        scope = Scope(OCTOBER, rates, UTC, book)
        expected = revenue(db, OCTOBER, rates=rates, book=book)
        assert facts_of(db, RevenueFacts, scope) == expected
        assert facts_by_period(db, RevenueFacts, scope, [OCTOBER.previous(), OCTOBER])[1] == expected


def test_each_account_has_the_movements_of_its_own_book(db: Session) -> None:
    accounts = [rows.account(db, segment="smb") for _ in range(2)]
    for account_id in accounts:
        rows.subscribe(db, account_id, rows.paid(date(2026, 10, 10)))
    scope = Scope(OCTOBER, home_only("USD", OCTOBER.last), UTC, BookFilter(segment="smb"))
    alone = {one: facts_of(db, RevenueFacts, scope._replace(book=BookFilter(account_id=one))) for one in accounts}
    assert facts_by_account(db, RevenueFacts, scope) == alone
