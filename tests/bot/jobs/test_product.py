"""The job that counts the use of the product ahead: due while a window is missing."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.jobs import JobContext, all_jobs
from bot.jobs.product import JOB
from commands.core.request import Company
from storage.session import transaction
from tests.factories import NOW
from tests.storage.queries import rows

DAY = date(2026, 11, 22)


def test_it_is_due_until_all_windows_are_counted(engine: Engine) -> None:
    assert all_jobs()["product"] is JOB
    job = JobContext(engine, Company("USD", ZoneInfo("UTC")), DAY, NOW)
    assert JOB.days(job) == ()
    with transaction(engine) as db:
        rows.used(db, rows.account(db), DAY, "ana", "reports")
    assert JOB.days(job) == (DAY,)
    assert JOB.run(job) == "use of the product counted for 1 window of 28 days"
    assert JOB.days(job) == ()
    assert JOB.run(job) == "use of the product counted for 0 windows of 28 days"
