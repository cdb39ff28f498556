from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, event

from bot.scheduler import context_at, start_scheduler
from commands.core.request import Company
from storage.load import load
from storage.queries.remembered import remember
from storage.queries.snapshots import last_day
from storage.session import reading, transaction
from tests.bot.small_company import COMPANY, LATER, bring, write

PATIENCE = 10.0
AT_ONCE = 5.0
"""Seconds from a new data point to its alert in the outbox."""


@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        ("UTC", datetime(2026, 11, 23, 0, 0, tzinfo=UTC), date(2026, 11, 22)),
        ("Europe/Madrid", datetime(2026, 11, 22, 22, 59, tzinfo=UTC), date(2026, 11, 21)),
        ("Europe/Madrid", datetime(2026, 11, 22, 23, 0, tzinfo=UTC), date(2026, 11, 22)),
        ("America/Los_Angeles", datetime(2026, 11, 23, 7, 59, tzinfo=UTC), date(2026, 11, 21)),
        ("Pacific/Auckland", datetime(2026, 11, 22, 11, 0, tzinfo=UTC), date(2026, 11, 22)),
        ("Europe/Madrid", datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 25)),  # the day of 25 hours
    ],
)
def test_a_jobs_day_is_the_last_one_that_is_over_where_the_company_is(
    sqlite_engine: Engine, zone: str, now: datetime, day: date
) -> None:
    context = context_at(sqlite_engine, Company("USD", ZoneInfo(zone)), now)
    assert (context.day, context.now) == (day, now)


def test_what_is_due_runs_at_once(sqlite_engine: Engine) -> None:
    bring(sqlite_engine, LATER)
    committed = Event()
    event.listen(sqlite_engine, "commit", lambda _connection: committed.set())
    scheduler = start_scheduler(sqlite_engine, COMPANY, lambda: datetime(2026, 11, 23, 9, tzinfo=UTC))
    assert committed.wait(PATIENCE)
    scheduler.shutdown()  # waits for the tick that is under way
    with reading(sqlite_engine) as db:
        assert last_day(db) == LATER


@pytest.mark.slow
def test_the_alert_of_a_new_data_point_is_in_the_outbox_at_once(sqlite_engine: Engine, tmp_path: Path) -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    bring(sqlite_engine, LATER)
    with transaction(sqlite_engine) as db:
        remember(db, "signals_introduced_on", "2026-01-01")
    judged, told = Event(), Event()

    def listen(_connection: Any, _cursor: Any, statement: str, _parameters: Any, *_: Any) -> None:
        if judged.is_set() and statement.startswith("INSERT INTO outbox "):
            told.set()

    event.listen(sqlite_engine, "before_cursor_execute", listen)
    company = replace(COMPANY, alert_channel="C0CS")
    scheduler = start_scheduler(sqlite_engine, company, lambda: now, judged.set)
    assert judged.wait(PATIENCE)
    ticket = {"ticket_id": "t-9", "account_id": "bolt", "opened_at": "2026-11-23T08:00:00Z", "escalated": "yes"}
    load(sqlite_engine, [write(tmp_path, "tickets.csv", [ticket])], zone=COMPANY.zone, home_currency="USD", now=now)
    assert told.wait(AT_ONCE)
    scheduler.shutdown()
