"""The job that reads facts ahead: due while any are missing."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.jobs import JobContext, all_jobs
from bot.jobs.figures import JOB
from commands.core.request import Company
from storage.kept_facts import forget
from storage.queries.totals import all_totals
from storage.session import transaction
from tests.factories import NOW

DAY = date(2026, 11, 22)


def test_it_is_due_until_all_facts_are_kept(engine: Engine) -> None:
    assert all_jobs()["figures"] is JOB
    job = JobContext(engine, Company("USD", ZoneInfo("UTC")), DAY, NOW)
    kinds = sum(bool(totals.rests_on) for totals in all_totals().values())
    assert JOB.days(job) == (DAY,)
    assert JOB.run(job) == f"facts of figures read ahead {15 * kinds} times"
    assert JOB.days(job) == ()
    with transaction(engine) as db:
        forget(db.connection(), "campaign", since=date(2026, 11, 3))
    assert JOB.days(job) == (DAY,)
    assert JOB.run(job) == "facts of figures read ahead 1 time"
