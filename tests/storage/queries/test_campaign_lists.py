"""Campaigns by their rates, and accounts that have fallen silent."""

from datetime import UTC, date
from fractions import Fraction

from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import BookFilter, BreakdownRow, Sentence
from storage.queries.campaign_lists import by_campaign, silent
from storage.queries.totals import Scope
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
SCOPE = Scope(OCTOBER, home_only("USD", OCTOBER.last), UTC)
RECENT, OLD = date(2026, 8, 3), date(2026, 8, 2)
"""The first of the 90 days that end with October, and the last day before them."""


def mailed(db: Session, account_id: int | None, day: date, key: str = "c", **values: object) -> None:
    counts = {"sent": 10, "opened": 0, "clicked": 0, **values}
    rows.add(db, "campaign", key=key, day=day, account_id=account_id, **counts)


def labels(breakdown_rows: tuple[BreakdownRow, ...]) -> list[object]:
    return [row.label.values["campaign"] for row in breakdown_rows if isinstance(row.label, Sentence)]


def test_campaigns_are_told_largest_first_with_their_rates(db: Session) -> None:
    one = rows.account(db, segment="smb")
    mailed(db, None, date(2026, 10, 1), "news", name="October news", opened=5, clicked=1)
    mailed(db, one, date(2026, 10, 2), "news", name="October news")
    mailed(db, None, date(2026, 10, 3), "upsell", sent=30)
    mailed(db, None, date(2026, 10, 3), "unknown", clicked=None)
    mailed(db, None, date(2026, 9, 30), "early")
    found = by_campaign(db, SCOPE).rows
    assert labels(found) == ["upsell", "October news"]
    assert isinstance(found[1].label, Sentence)
    assert found[1].label.values["day"] == date(2026, 10, 1)
    told = [value.values for value in found[1].values if isinstance(value, Sentence)]
    assert told == [{"count": 20}, *({"share": Fraction(*share)} for share in ((1, 4), (1, 20), (1, 5)))]
    assert len(found[0].values) == 3  # nobody opened it, so there is no click-to-open
    assert labels(by_campaign(db, SCOPE._replace(book=BookFilter(segment="smb"))).rows) == ["October news"]


def test_silent_is_who_opened_before_and_nothing_in_90_days(db: Session) -> None:
    quiet, opens, never, not_sent, tiny = (rows.account(db, key, key=key, segment="smb") for key in "abcde")
    for one, amount in ((quiet, 100), (tiny, 10)):
        rows.subscribe(db, one, rows.paid(date(2026, 1, 1), amount=amount))
        mailed(db, one, OLD, opened=1)
        mailed(db, one, RECENT)
        mailed(db, one, date(2026, 10, 31))
        mailed(db, one, date(2026, 11, 1), opened=3)
    mailed(db, opens, OLD, opened=1)
    mailed(db, opens, RECENT, opened=1)
    mailed(db, never, OLD)
    mailed(db, never, RECENT)
    mailed(db, not_sent, OLD, opened=1)
    found = silent(db, SCOPE)
    assert [(row.key, row.mrr and row.mrr.minor) for row in found] == [("a", 100), ("e", 10)]
    assert dict(found[0].why.values) == {"count": 2, "day": OLD}
    assert silent(db, SCOPE._replace(book=BookFilter(segment="mid"))) == []


def test_openings_that_nobody_counted_are_no_silence(db: Session) -> None:
    one = rows.account(db)
    mailed(db, one, OLD, opened=1)
    mailed(db, one, RECENT, opened=None)
    assert silent(db, SCOPE) == []


def test_former_customers_are_left_out(db: Session) -> None:
    one = rows.account(db)
    rows.subscribe(db, one, rows.paid(date(2026, 1, 1), date(2026, 10, 1)))
    mailed(db, one, OLD, opened=1)
    mailed(db, one, RECENT)
    assert silent(db, SCOPE) == []


def test_an_empty_store_has_no_rows(db: Session) -> None:
    assert (by_campaign(db, SCOPE).rows, silent(db, SCOPE)) == ((), [])
