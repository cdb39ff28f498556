"""How long customers waited, in calendar time and in business hours, on every database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from metrics.business_hours import parse
from metrics.facts import ServiceTotals
from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import BookFilter, Definitions
from storage.queries.service_lists import by_priority
from storage.queries.tables import ticket
from storage.queries.totals import Scope, facts_by_period, facts_of
from storage.queries.waits import Waited, waits
from storage.session import Session
from tests.storage.queries import rows

MADRID = ZoneInfo("Europe/Madrid")
HOURS = parse("mon-thu 09:00-18:00, fri 09:00-15:00")
OCTOBER = month_of(date(2026, 10, 1))
CALENDAR = Scope(OCTOBER, home_only("USD", OCTOBER.last), MADRID)
BUSINESS = CALENDAR._replace(definitions=Definitions(business_hours=HOURS))
EVERYTHING = (ticket.c.id.is_not(None),)


def madrid(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=MADRID).astimezone(UTC)


@pytest.fixture
def tickets(db: Session) -> list[int]:
    """Two accounts with five tickets, of which one has no answer and one was answered before it was opened."""
    smb, other = rows.account(db, segment="smb"), rows.account(db)
    told = (
        (smb, madrid(2, 14), madrid(5, 9, 30), "high", True),  # a Friday afternoon to Monday morning
        (smb, madrid(23, 14, 30), madrid(26, 9, 30), "High", False),  # the same over the change to winter time
        (other, madrid(6, 10), madrid(6, 10, 20), None, None),
        (other, madrid(7, 10), None, "high", True),
        (other, madrid(8, 10), madrid(8, 9), None, False),
    )
    for number, (account, opened, answered, priority, escalated) in enumerate(told):
        values = {"opened_at": opened, "first_response_at": answered, "priority": priority, "escalated": escalated}
        rows.add(db, "ticket", key=f"t{number}", account_id=account, **values)
    return [smb, other]


@pytest.mark.usefixtures("tickets")
def test_nights_and_weekends_count_in_calendar_time_alone(db: Session) -> None:
    calendar = {"high": Waited(2, 2, (4050,)), "High": Waited(1, 0, (4080,)), None: Waited(2, 0, (20,))}
    assert waits(db, ticket.c.priority, EVERYTHING, hours=None, zone=MADRID) == calendar
    business = {"high": Waited(2, 2, (90,)), "High": Waited(1, 0, (60,)), None: Waited(2, 0, (20,))}
    assert waits(db, ticket.c.priority, EVERYTHING, hours=HOURS, zone=MADRID) == business


@pytest.mark.usefixtures("tickets")
def test_every_figure_and_list_counts_the_same_hours(db: Session) -> None:
    facts = ServiceTotals(known=True, response_minutes=(20, 60, 90), opened=5, escalated=2)
    assert facts_of(db, ServiceTotals, BUSINESS) == facts
    assert facts_by_period(db, ServiceTotals, BUSINESS, [OCTOBER.previous(), OCTOBER])[1] == facts
    smb = BUSINESS._replace(book=BookFilter(segment="smb"))
    assert facts_of(db, ServiceTotals, smb).response_minutes == (60, 90)
    assert by_priority(db, BUSINESS) == [
        ("High", ServiceTotals(known=True, response_minutes=(60, 90), opened=3, escalated=2)),
        (None, ServiceTotals(known=True, response_minutes=(20,), opened=2)),
    ]


def test_hours_that_never_end_are_calendar_time(db: Session) -> None:
    account = rows.account(db)
    for number in range(50):
        opened = datetime(2026, 10, 20, 1, 2, 3, 999_999, UTC) + number * timedelta(hours=3, seconds=7)
        answered = opened + timedelta(minutes=37 * number, seconds=number, microseconds=number)
        rows.add(db, "ticket", key=f"t{number}", account_id=account, opened_at=opened, first_response_at=answered)
    always = CALENDAR._replace(definitions=Definitions(business_hours=parse("mon-sun 00:00-24:00")))
    assert facts_of(db, ServiceTotals, always) == facts_of(db, ServiceTotals, CALENDAR)


def test_nobody_waits_in_an_empty_store(db: Session) -> None:
    for scope in (CALENDAR, BUSINESS):
        hours = scope.definitions.business_hours
        assert waits(db, ticket.c.priority, EVERYTHING, hours=hours, zone=MADRID) == {}
        assert facts_of(db, ServiceTotals, scope) == ServiceTotals()
