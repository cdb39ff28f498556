"""Forget: which of Slack's deliveries have been dealt with, once Slack no longer repeats them."""

from datetime import date, datetime, timedelta

from bot.jobs import Job, JobContext
from storage.queries.seen import forget_before, remembered_before
from storage.session import reading, transaction

KEEP = timedelta(days=2)
"""Slack repeats an event within minutes; people press a button twice within seconds."""


def run(job: JobContext) -> str:
    """Delete what is older than KEEP."""
    with transaction(job.engine) as db:
        return f"{forget_before(db, _limit(job))} deliveries forgotten"


def due(job: JobContext) -> tuple[date, ...]:
    """The context's day when there is anything to forget."""
    with reading(job.engine) as db:
        return (job.day,) if remembered_before(db, _limit(job)) else ()


def _limit(job: JobContext) -> datetime:
    return job.now - KEEP


JOB = Job(id="forget", summary="Forget which of Slack's deliveries have been dealt with", run=run, due=due)
