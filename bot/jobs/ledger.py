"""Ledger: what is derived from subscriptions and invoices is what the company's settings and the day ask for."""

from datetime import date

from bot.jobs import Job, JobContext
from bot.opening import is_kept_up, keep_up


def run(job: JobContext) -> str:
    """Rebuild the ledger and its roll-up where settings, what is past due or rates have moved on."""
    keep_up(job.engine, job.company, job.now)
    return "the ledger and its monthly sums are up to date"


def due(job: JobContext) -> tuple[date, ...]:
    """The context's day when anything has moved on."""
    return () if is_kept_up(job.engine, job.company, job.now) else (job.day,)


JOB = Job(
    id="ledger",
    summary="Keep the ledger by its rules as days go by, and its monthly sums at the current exchange rates",
    run=run,
    due=due,
)
