"""Surveys: waves begin, people are reminded once, questions end, live cards follow; those that come again come."""

from dataclasses import asdict
from datetime import date

from bot.jobs import Job, JobContext
from bot.survey_rounds import begin_recurring, go_round, is_waiting
from commands.core.survey_recurring import JOB as ID
from storage.session import reading


def run(job: JobContext) -> str:
    """One round; for an occurrence of a schedule its wave."""
    if job.occurrence is not None:
        wave_id = begin_recurring(job.engine, job.occurrence.schedule, job.occurrence.slot, job.company, job.now)
        return "its rhythm passes over this time" if wave_id is None else f"wave {wave_id}"
    done = go_round(job.engine, job.company, job.now)
    return ", ".join(f"{count} {what}" for what, count in asdict(done).items())


def due(job: JobContext) -> tuple[date, ...]:
    """The context's day when anything is to be done."""
    with reading(job.engine) as db:
        return (job.day,) if is_waiting(db, job.now, job.company) else ()


JOB = Job(id=ID, summary="Ask, remind and end survey questions, keep their live cards up to date", run=run, due=due)
