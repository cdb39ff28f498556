from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.jobs import JobContext
from bot.jobs.forget import JOB, KEEP
from commands.core.request import Company
from storage.queries.seen import first_time
from storage.session import transaction

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def at(engine: Engine, now: datetime) -> JobContext:
    return JobContext(engine, Company("USD", ZoneInfo("UTC")), date(2026, 11, 22), now)


def test_what_slack_may_still_repeat_is_kept_and_the_rest_forgotten(engine: Engine) -> None:
    with transaction(engine) as db:
        first_time(db, "old", now=NOW - KEEP - timedelta(seconds=1))
        first_time(db, "young", now=NOW)
    assert JOB.days(at(engine, NOW)) == (date(2026, 11, 22),)
    assert JOB.run(at(engine, NOW)) == "1 deliveries forgotten"
    assert JOB.days(at(engine, NOW)) == ()
    with transaction(engine) as db:
        assert first_time(db, "old", now=NOW)
        assert not first_time(db, "young", now=NOW)
