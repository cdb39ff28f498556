"""The clock's hand: APScheduler ticks, the store says what is due."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine

from bot.directory import Directory
from bot.jobs import JobContext, all_jobs
from bot.judging import can_be_at_once
from bot.runner import Runner
from commands.core.request import Company
from commands.core.survey_recurring import JOB as SURVEYS
from storage.queries.survey_waves import due_waves
from storage.session import reading

TICK_SECONDS = 20
WATCH_SECONDS = 2
"""How soon new data of a few accounts is looked at, and a survey begins that somebody has sent.

Data of many accounts waits for a tick, and lets its import finish.
"""
SIGNALS = "signals"


def start_scheduler(
    engine: Engine,
    company: Company,
    clock: Callable[[], datetime],
    ticked: Callable[[], object] = lambda: None,
    directory: Directory | None = None,
) -> BackgroundScheduler:
    """Start ticking in the background, at once and then every TICK_SECONDS; the caller shuts it down.

    `ticked` is called after each tick: its jobs may have put something into the outbox.

    Nothing is remembered in the scheduler (memory store): what was missed while the process slept is still due.
    """
    runner = Runner(all_jobs())

    def tick() -> None:
        try:
            runner.run_due(replace(context_at(engine, company, clock()), directory=directory))
        finally:  # one job's mistake does not keep back what the others have said
            ticked()

    def watch() -> None:
        now = clock()
        with reading(engine) as db:
            waiting = ((SIGNALS, can_be_at_once(db)), (SURVEYS, bool(due_waves(db, now))))
        for job_id, is_waiting in waiting:
            if is_waiting:
                runner.run_job(job_id, context_at(engine, company, now))
                ticked()

    scheduler = BackgroundScheduler(timezone=company.zone, job_defaults={"misfire_grace_time": None, "coalesce": True})
    scheduler.add_job(tick, "interval", seconds=TICK_SECONDS, next_run_time=datetime.now(company.zone))
    scheduler.add_job(watch, "interval", seconds=WATCH_SECONDS)
    scheduler.start()
    return scheduler


def context_at(engine: Engine, company: Company, now: datetime) -> JobContext:
    """A job's context at a moment: its day is the last one that is over in the company's time zone."""
    yesterday = now.astimezone(company.zone).date() - timedelta(days=1)
    return JobContext(engine=engine, company=company, day=yesterday, now=now)
