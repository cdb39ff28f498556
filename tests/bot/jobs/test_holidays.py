from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.jobs import JobContext
from bot.jobs.holidays import JOB
from commands.core.request import Company
from storage.session import transaction
from tests.storage.queries.rows import account

NEW_YEAR = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)


def at(engine: Engine, now: datetime) -> JobContext:
    return JobContext(engine, Company("USD", ZoneInfo("Europe/Madrid")), date(2026, 12, 30), now)


def test_they_are_kept_when_a_country_is_new_and_when_a_year_begins_where_the_company_is(engine: Engine) -> None:
    assert JOB.days(at(engine, NEW_YEAR)) == ()
    with transaction(engine) as db:
        account(db, country_code="ES")
    before = at(engine, NEW_YEAR.replace(hour=9))
    assert JOB.days(before) == (date(2026, 12, 30),)
    assert str(JOB.run(before)).endswith(" days off added or taken out")
    assert JOB.days(before) == ()
    assert JOB.days(at(engine, NEW_YEAR)) == (date(2026, 12, 30),)
    JOB.run(at(engine, NEW_YEAR))
    assert JOB.days(at(engine, NEW_YEAR)) == ()
    assert JOB.run(at(engine, NEW_YEAR)) == "0 days off added or taken out"
