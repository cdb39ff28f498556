"""Since when there is data, by the company's days."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from storage.queries.beginnings import first_days
from storage.session import Session
from tests.storage.queries import rows


def test_nothing_has_begun_in_an_empty_store(db: Session) -> None:
    assert first_days(db, zone=UTC) == {}


def test_the_first_day_of_each_is_the_companys(db: Session) -> None:
    account = rows.account(db, onboarding_started_on=date(2026, 3, 1))
    late = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)
    rows.add(db, "ticket", key="t", account_id=account, opened_at=late, escalated=False)
    for key, day in (("l2", date(2026, 7, 2)), ("l1", date(2026, 7, 1))):
        rows.add(db, "lead", key=key, created_on=day)
    rows.subscribe(db, account, rows.paid(date(2026, 2, 1)))
    assert first_days(db, zone=ZoneInfo("Europe/Madrid")) == {
        "accounts": date(2026, 3, 1),
        "leads": date(2026, 7, 1),
        "subscriptions": date(2026, 2, 1),
        "tickets": date(2026, 6, 1),
    }
