"""Onboardings that are stalled, on their way and through, and what the stalled ones lack."""

from datetime import UTC, date
from typing import Any

from commands.ui.text import translator
from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import AccountRow, BookFilter, Definitions, Money
from storage.queries.onboarding_lists import on_their_way, progress, stalled, through
from storage.queries.totals import Scope
from storage.session import Session
from tests.storage.queries import rows

LAST = date(2026, 10, 31)
SCOPE = Scope(month_of(LAST), home_only("USD", LAST), UTC)
SMB = SCOPE._replace(book=BookFilter(segment="smb"))
EARLY, LATE = date(2026, 9, 1), date(2026, 10, 21)
english = translator("en", strict=True)


def onboarded(db: Session, name: str, started_on: date, activated_on: date | None = None, **values: Any) -> int:
    return rows.account(db, name, onboarding_started_on=started_on, activated_on=activated_on, **values)


def told(found: tuple[AccountRow, ...]) -> list[tuple[str, str]]:
    return [(row.name, english(row.why)) for row in found]


def test_an_empty_store_has_no_lists(db: Session) -> None:
    assert stalled(db, SCOPE) == on_their_way(db, SCOPE) == through(db, SCOPE) == ()
    assert progress(db, SCOPE).rows == ()


def test_stalled_are_those_that_began_longest_ago_first(db: Session) -> None:
    onboarded(db, "Late", LATE)
    onboarded(db, "September", date(2026, 9, 30), segment="smb")
    onboarded(db, "June", date(2026, 6, 1))
    paying = onboarded(db, "June, paying", date(2026, 6, 1))
    rows.subscribe(db, paying, rows.paid(date(2026, 6, 1), amount=20_000))
    found = stalled(db, SCOPE)
    assert [row.name for row in found] == ["June, paying", "June", "September"]
    assert (found[0].mrr, found[0].day) == (Money(20_000, "USD"), date(2026, 6, 1))
    assert found[1].mrr is None
    assert [row.name for row in stalled(db, SMB)] == ["September"]
    assert stalled(db, SCOPE._replace(definitions=Definitions(onboarding_days=365))) == ()


def test_what_is_missing_is_said(db: Session) -> None:
    acme, beta, gamma = onboarded(db, "Acme", EARLY), onboarded(db, "Beta", EARLY), onboarded(db, "Gamma", EARLY)
    rows.contact(db, beta, "Ana", activated_on=LATE)
    rows.contact(db, beta, "Bob", activated_on=date(2026, 11, 1))
    rows.contact(db, beta, "Eve", left_on=LATE)
    rows.contact(db, gamma, "Gil", activated_on=LATE)
    rows.used(db, gamma, LATE)
    rows.used(db, beta, date(2026, 11, 1))
    rows.used(db, acme, LATE, sessions=0)
    assert told(stalled(db, SCOPE)) == [
        ("Acme", "Began 60 days ago: no point of contact, the product is not used yet"),
        ("Beta", "Began 60 days ago: 1 of 2 people activated, the product is not used yet"),
        ("Gamma", "Began 60 days ago; only the activation is missing"),
    ]


def test_what_nobody_keeps_track_of_is_not_missing(db: Session) -> None:
    acme = onboarded(db, "Acme", EARLY)
    rows.contact(db, acme, "Ana")
    assert told(stalled(db, SCOPE)) == [("Acme", "Began 60 days ago; only the activation is missing")]


def test_the_others_are_on_their_way(db: Session) -> None:
    onboarded(db, "New", date(2026, 10, 31))
    onboarded(db, "Older", date(2026, 10, 1))
    onboarded(db, "Stalled", EARLY)
    onboarded(db, "To come", date(2026, 11, 1))
    assert told(on_their_way(db, SCOPE)) == [("Older", "Day 30 of 30"), ("New", "Day 0 of 30")]


def test_those_that_got_through_are_listed_the_longest_first(db: Session) -> None:
    onboarded(db, "Quick", date(2026, 10, 1), date(2026, 10, 2))
    onboarded(db, "Slow", EARLY, date(2026, 10, 1))
    onboarded(db, "Before", EARLY, date(2026, 9, 30))
    found = through(db, SCOPE)
    assert told(found) == [("Slow", "Onboarded in 30 days"), ("Quick", "Onboarded in 1 day")]
    assert [row.day for row in found] == [date(2026, 10, 1), date(2026, 10, 2)]


def test_how_many_are_under_way_is_counted(db: Session) -> None:
    onboarded(db, "Late", LATE)
    onboarded(db, "Early", EARLY, segment="smb")
    assert [row.values for row in progress(db, SCOPE).rows] == [(2,), (1,)]
    assert [row.values for row in progress(db, SMB).rows] == [(1,), (1,)]
