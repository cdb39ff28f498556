"""Snapshot: what every account's health was at the end of a day."""

from datetime import date, timedelta
from itertools import islice

from bot.jobs import Job, JobContext
from bot.judging import look_at_everybody
from metrics.factors import all_factors
from metrics.health import scorer
from storage.queries.health import account_facts
from storage.queries.rates import rates_on
from storage.queries.snapshots import last_day, record
from storage.session import reading, transaction

CATCH_UP_DAYS = 90
"""How far back a bot that was switched off fills in by itself; older days only when asked for."""
PORTION = 1000
"""So many scores a transaction: nobody who writes waits for all the others to be computed."""


def run(job: JobContext) -> str:
    """Score all customers from the facts as they were known to be on the day; stored a portion at a time.

    Of the last day that is over, their signals are judged in the same go: it is all read only once.
    """
    if job.day == job.now.astimezone(job.company.zone).date() - timedelta(days=1):
        recorded = look_at_everybody(job.engine, job.company, job.day, job.now).scored
    else:
        recorded = _score(job)
    return f"{job.day.isoformat()}: {recorded} accounts scored"


def _score(job: JobContext) -> int:
    score = scorer(all_factors(), job.company.health)
    recorded = 0
    with reading(job.engine) as past:
        rates = rates_on(past, job.day, home=job.company.currency)
        facts = account_facts(past, as_of=job.day, zone=job.company.zone, rates=rates)
        scores = ((one.account_id, score(one)) for one in facts)
        while portion := list(islice(scores, PORTION)):
            with transaction(job.engine) as db:
                recorded += record(db, job.day, portion)
    return recorded


def due(job: JobContext) -> tuple[date, ...]:
    """The days after the last snapshot; on a store without any, the context's day alone."""
    with reading(job.engine) as db:
        last = last_day(db)
    if last is None:
        return (job.day,)
    missing = min((job.day - last).days, CATCH_UP_DAYS)
    return tuple(job.day - timedelta(days=back) for back in range(missing - 1, -1, -1))


JOB = Job(id="snapshot", summary="Score every account's health and keep the day's scores", run=run, due=due)
