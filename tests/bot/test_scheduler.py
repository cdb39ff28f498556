from datetime import UTC, date, datetime
from threading import Event
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, event

from bot.scheduler import context_at, start_scheduler
from commands.core.request import Company
from storage.queries.snapshots import last_day
from storage.session import reading
from tests.bot.small_company import COMPANY, LATER, bring

PATIENCE = 10.0


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
