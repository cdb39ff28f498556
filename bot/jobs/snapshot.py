"""Snapshot: what every account's health was at the end of a day."""

from datetime import date, timedelta

from bot.jobs import Job, JobContext
from metrics.factors import all_factors
from metrics.health import score
from storage.queries.health import account_facts
from storage.queries.rates import rates_on
from storage.queries.snapshots import last_day, record
from storage.session import reading, transaction

CATCH_UP_DAYS = 90
"""How far back a bot that was switched off fills in by itself; older days only when asked for."""


def run(job: JobContext) -> str:
    """Score all customers from the facts as they were known to be on the day, and store the scores as they come."""
    factors, policy = all_factors(), job.company.health
    with reading(job.engine) as past, transaction(job.engine) as db:
        rates = rates_on(past, job.day, home=job.company.currency)
        facts = account_facts(past, as_of=job.day, zone=job.company.zone, rates=rates)
        recorded = record(db, job.day, ((one.account_id, score(one, factors, policy)) for one in facts))
    return f"{job.day.isoformat()}: {recorded} accounts scored"


def due(job: JobContext) -> tuple[date, ...]:
    """The days after the last snapshot; on a store without any, the context's day alone."""
    with reading(job.engine) as db:
        last = last_day(db)
    if last is None:
        return (job.day,)
    missing = min((job.day - last).days, CATCH_UP_DAYS)
    return tuple(job.day - timedelta(days=back) for back in range(missing - 1, -1, -1))


JOB = Job(id="snapshot", summary="Score every account's health and keep the day's scores", run=run, due=due)
