"""Holidays: the days off of the countries that accounts are in, when a new year comes or a country is new."""

from datetime import date

from bot.jobs import Job, JobContext
from storage.holidays import has_holidays, keep_holidays
from storage.session import loading, reading


def run(job: JobContext) -> str:
    """Keep the days off of the years around today."""
    with loading(job.engine) as db:
        return f"{keep_holidays(db.connection(), _today(job))} days off added or taken out"


def due(job: JobContext) -> tuple[date, ...]:
    """The context's day when anything is missing or no longer needed."""
    with reading(job.engine) as db:
        return () if has_holidays(db.connection(), _today(job)) else (job.day,)


def _today(job: JobContext) -> date:
    return job.now.astimezone(job.company.zone).date()


JOB = Job(id="holidays", summary="Keep the days off of the countries that accounts are in", run=run, due=due)
