"""The clock's hand: APScheduler ticks, the store says what is due."""

from collections.abc import Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine

from bot.jobs import JobContext, all_jobs
from bot.runner import run_due
from commands.core.request import Company

TICK_SECONDS = 60


def start_scheduler(engine: Engine, company: Company, clock: Callable[[], datetime]) -> BackgroundScheduler:
    """Start ticking in the background, at once and then every minute; the caller shuts it down.

    Nothing is remembered in the scheduler (memory store): what was missed while the process slept is still due.
    """
    jobs = all_jobs().values()

    def tick() -> None:
        run_due(jobs, context_at(engine, company, clock()))

    scheduler = BackgroundScheduler(timezone=company.zone, job_defaults={"misfire_grace_time": None, "coalesce": True})
    scheduler.add_job(tick, "interval", seconds=TICK_SECONDS, next_run_time=datetime.now(company.zone))
    scheduler.start()
    return scheduler


def context_at(engine: Engine, company: Company, now: datetime) -> JobContext:
    """A job's context at a moment: its day is the last one that is over in the company's time zone."""
    yesterday = now.astimezone(company.zone).date() - timedelta(days=1)
    return JobContext(engine=engine, company=company, day=yesterday, now=now)
