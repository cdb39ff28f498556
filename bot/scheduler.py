"""The clock's hand: APScheduler ticks, the store says what is due."""

from collections.abc import Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine

from bot.jobs import JobContext, all_jobs
from bot.runner import Runner
from commands.core.request import Company

TICK_SECONDS = 20


def start_scheduler(engine: Engine, company: Company, clock: Callable[[], datetime]) -> BackgroundScheduler:
    """Start ticking in the background, at once and then every TICK_SECONDS; the caller shuts it down.

    Nothing is remembered in the scheduler (memory store): what was missed while the process slept is still due.
    """
    runner = Runner(all_jobs())

    def tick() -> None:
        runner.run_due(context_at(engine, company, clock()))

    scheduler = BackgroundScheduler(timezone=company.zone, job_defaults={"misfire_grace_time": None, "coalesce": True})
    scheduler.add_job(tick, "interval", seconds=TICK_SECONDS, next_run_time=datetime.now(company.zone))
    scheduler.start()
    return scheduler


def context_at(engine: Engine, company: Company, now: datetime) -> JobContext:
    """A job's context at a moment: its day is the last one that is over in the company's time zone."""
    yesterday = now.astimezone(company.zone).date() - timedelta(days=1)
    return JobContext(engine=engine, company=company, day=yesterday, now=now)
