"""Tickets by priority, and the accounts that stand behind them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from metrics.facts import ServiceTotals
from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import AccountRow, BookFilter
from storage.queries.service_lists import by_priority, most_tickets, open_escalations
from storage.queries.totals import Scope
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
SCOPE = Scope(OCTOBER, home_only("USD", OCTOBER.last), UTC)
SMB = SCOPE._replace(book=BookFilter(segment="smb"))


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def why(row: AccountRow) -> str:
    text = row.why.text if row.why.number == 1 or row.why.many is None else row.why.many
    return text.format(**row.why.values)


@pytest.fixture
def accounts(db: Session) -> list[int]:
    """Three accounts with seven tickets; the second is a customer."""
    segments = {"a": "smb", "b": None, "c": None}
    one, two, three = (rows.account(db, name, key=name, segment=segment) for name, segment in segments.items())
    rows.subscribe(db, two, rows.paid(date(2026, 1, 1)))
    tickets = (
        (one, at(10, 1), "High", True, None),
        (one, at(10, 2), "low", False, at(10, 3)),
        (two, at(10, 31), "high ", True, at(11, 1)),
        (two, at(10, 5), None, None, None),
        (three, at(10, 6), "high", True, at(10, 31)),
        (three, at(9, 30), "low", True, None),
        (three, at(11, 1), "low", True, None),
    )
    for number, (account_id, opened_at, priority, escalated, resolved_at) in enumerate(tickets):
        rows.add(
            db,
            "ticket",
            key=f"t{number}",
            account_id=account_id,
            opened_at=opened_at,
            first_response_at=opened_at + timedelta(minutes=number),
            priority=priority,
            escalated=escalated,
            resolved_at=resolved_at,
        )
    return [one, two, three]


def test_priorities_are_one_whatever_their_case(db: Session, accounts: list[int]) -> None:
    assert by_priority(db, SCOPE) == [
        ("High", ServiceTotals(True, (0, 2, 4), opened=3, escalated=3)),
        (None, ServiceTotals(True, (3,), opened=1)),
        ("low", ServiceTotals(True, (1,), opened=1)),
    ]
    assert [priority for priority, _ in by_priority(db, SMB)] == ["High", "low"]


def test_most_tickets_come_first_then_most_escalations(db: Session, accounts: list[int]) -> None:
    found = most_tickets(db, SCOPE)
    assert [(row.key, why(row)) for row in found] == [
        ("a", "2 tickets opened, 1 escalated"),
        ("b", "2 tickets opened, 1 escalated"),
        ("c", "1 ticket opened, 1 escalated"),
    ]
    assert [row.mrr and row.mrr.minor for row in found] == [None, 10_000, None]
    assert [row.key for row in most_tickets(db, SMB)] == ["a"]


def test_escalations_are_those_open_at_the_end_of_the_period(db: Session, accounts: list[int]) -> None:
    assert [(row.key, why(row)) for row in open_escalations(db, SCOPE)] == [
        ("c", "1 escalation open, since 2026-09-30"),
        ("a", "1 escalation open, since 2026-10-01"),
        ("b", "1 escalation open, since 2026-10-31"),
    ]
    assert [row.key for row in open_escalations(db, SMB)] == ["a"]


def test_an_empty_store_has_no_rows(db: Session) -> None:
    assert by_priority(db, SCOPE) == []
    assert most_tickets(db, SCOPE) == open_escalations(db, SCOPE) == []
