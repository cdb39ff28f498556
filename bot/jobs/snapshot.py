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
    """Score all customers from the facts as they were known to be on the day, and store the scores."""
    factors = all_factors()
    with reading(job.engine) as db:
        rates = rates_on(db, job.day, home=job.company.currency)
        scores = [
            (facts.account_id, score(facts, factors, job.company.health))
            for facts in account_facts(db, as_of=job.day, zone=job.company.zone, rates=rates)
        ]
    with transaction(job.engine) as db:
        record(db, job.day, scores)
    return f"{job.day.isoformat()}: {len(scores)} accounts scored"


def due(job: JobContext) -> tuple[date, ...]:
    """The days after the last snapshot; on a store without any, the context's day alone."""
    with reading(job.engine) as db:
        last = last_day(db)
    if last is None:
        return (job.day,)
    missing = min((job.day - last).days, CATCH_UP_DAYS)
    return tuple(job.day - timedelta(days=back) for back in range(missing - 1, -1, -1))


JOB = Job(id="snapshot", summary="Score every account's health and keep the day's scores", run=run, due=due)
