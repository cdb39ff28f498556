"""Forget: Slack's deliveries once it no longer repeats them, and old messages that nothing refers to any more."""

from datetime import date, timedelta

from bot.jobs import Job, JobContext
from storage.queries import outbox, seen
from storage.session import reading, transaction

KEEP = timedelta(days=2)
"""Slack repeats an event within minutes; people press a button twice within seconds."""
KEEP_MESSAGES = timedelta(days=90)
"""What was sent unasked; an alert's message and a playbook's stay as long as the alert and the playbook do."""


def run(job: JobContext) -> str:
    """Delete what is older."""
    with transaction(job.engine) as db:
        deliveries = seen.forget_before(db, job.now - KEEP)
    with transaction(job.engine) as db:
        messages = outbox.forget_settled(db, job.now - KEEP_MESSAGES)
    return f"{deliveries} deliveries and {messages} messages forgotten"


def due(job: JobContext) -> tuple[date, ...]:
    """The context's day when there is anything to forget."""
    with reading(job.engine) as db:
        old = seen.remembered_before(db, job.now - KEEP) or outbox.settled_before(db, job.now - KEEP_MESSAGES)
    return (job.day,) if old else ()


JOB = Job(id="forget", summary="Forget old deliveries of Slack's and old messages", run=run, due=due)
