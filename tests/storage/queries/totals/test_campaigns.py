"""Recipients of a period's campaigns."""

from datetime import UTC, date

from metrics.facts import CampaignTotals
from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import BookFilter
from storage.queries.totals import Scope, facts_by_account, facts_by_period, facts_of
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
SCOPE = Scope(OCTOBER, home_only("USD", OCTOBER.last), UTC)


def mailed(db: Session, key: str, day: date, *counts: int | None, account_id: int | None = None) -> None:
    sent, opened, clicked = counts
    rows.add(db, "campaign", key=key, day=day, account_id=account_id, sent=sent, opened=opened, clicked=clicked)


def test_recipients_are_summed_over_campaigns_days_and_accounts(db: Session) -> None:
    mailed(db, "spring", date(2026, 10, 1), 100, 40, 10)
    mailed(db, "spring", date(2026, 10, 31), 50, 10, 0, account_id=rows.account(db))
    mailed(db, "news", date(2026, 10, 31), 10, 10, 10)
    mailed(db, "news", date(2026, 11, 1), 1_000, 0, 0)
    october, november = facts_by_period(db, CampaignTotals, SCOPE, [OCTOBER, month_of(OCTOBER.end)])
    assert october == facts_of(db, CampaignTotals, SCOPE) == CampaignTotals(160, 60, 20)
    assert november == CampaignTotals(1_000, 0, 0)


def test_a_row_with_an_unknown_count_is_left_out(db: Session) -> None:
    for number, counts in enumerate(((None, 5, 1), (10, None, 1), (10, 5, None))):
        mailed(db, f"c{number}", date(2026, 10, 5), *counts)
    assert facts_of(db, CampaignTotals, SCOPE) == CampaignTotals()


def test_a_book_has_the_rows_of_its_accounts(db: Session) -> None:
    mailed(db, "spring", date(2026, 10, 1), 100, 40, 10)
    mailed(db, "spring", date(2026, 10, 1), 5, 4, 3, account_id=rows.account(db, segment="smb"))
    found = facts_of(db, CampaignTotals, SCOPE._replace(book=BookFilter(segment="smb")))
    assert found == CampaignTotals(5, 4, 3)


def test_each_account_has_its_own_rows_and_those_of_nobody_are_in_none(db: Session) -> None:
    smb, other = rows.account(db, segment="smb"), rows.account(db)
    mailed(db, "spring", date(2026, 10, 1), 100, 40, 10)
    mailed(db, "spring", date(2026, 10, 1), 5, 4, 3, account_id=smb)
    mailed(db, "news", date(2026, 10, 31), 2, 1, 0, account_id=smb)
    mailed(db, "news", date(2026, 10, 31), 3, None, 0, account_id=other)
    assert facts_by_account(db, CampaignTotals, SCOPE) == {smb: CampaignTotals(7, 5, 3)}
