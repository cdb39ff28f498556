"""Escalate: alerts that nobody takes in time go to the lead; whoever took one is reminded once its day has passed."""

from datetime import date

from bot.jobs import Job, JobContext
from commands.ui.alert_reminders import escalate, remind, waiting_too_long
from storage.session import reading, transaction


def run(job: JobContext) -> str:
    """Tell each lead and each taker, once an alert."""
    with transaction(job.engine) as db:
        late, past = waiting_too_long(db, job.company, job.now)
        told = escalate(db, late, company=job.company, now=job.now)
        remind(db, past, company=job.company, now=job.now)
    return f"{told} alerts to the leads, {len(past)} reminders"


def due(job: JobContext) -> tuple[date, ...]:
    """The context's day when somebody is to be told."""
    with reading(job.engine) as db:
        return (job.day,) if any(waiting_too_long(db, job.company, job.now)) else ()


JOB = Job(id="escalate", summary="Tell the leads of alerts that nobody takes in time", run=run, due=due)
