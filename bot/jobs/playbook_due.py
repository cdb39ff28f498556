"""Playbooks: whoever has steps that are overdue is reminded, once a day, when they may be spoken to."""

from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

from bot.jobs import Job, JobContext
from commands.core.posted import written
from commands.core.routing import moment_for
from commands.ui.cards.playbook import reminder_card
from commands.ui.playbook_posting import language_at
from commands.ui.text import translator
from metrics.judging import Severity
from storage.queries.outbox import Draft, put
from storage.queries.people_known import Person, by_ids
from storage.queries.playbook_runs import Overdue, overdue
from storage.session import Session, reading, transaction

PURPOSE = "playbook due"
WORTH = timedelta(hours=12)
"""A reminder that could not be sent for so long is dropped: the next day has its own."""


def run(job: JobContext) -> str:
    """Put one reminder for each owner into the outbox; of a day there is one, however often this runs."""
    with transaction(job.engine) as db:
        owners = 0
        for owner, late in groupby(_late(db, job), attrgetter("owner")):
            t = translator(language_at(db, owner, job.company))
            content = written(reminder_card(list(late), t))
            put(db, Draft(PURPOSE, _occurrence(job), owner, content, job.now, job.now + WORTH), now=job.now)
            owners += 1
    return f"{owners} owners of overdue playbook steps reminded"


def due(job: JobContext) -> tuple[date, ...]:
    """The context's day when somebody is to be reminded now."""
    with reading(job.engine) as db:
        return (job.day,) if _late(db, job) else ()


def _late(db: Session, job: JobContext) -> list[Overdue]:
    """What is overdue, of owners who have not been reminded today and whose night is over; not on their days off."""
    late = overdue(db, _today(job), purpose=PURPOSE, occurrence=_occurrence(job))
    owners = {one.owner for one in late}
    people = by_ids(db, owners)
    awake = {owner for owner in owners if _is_awake(people.get(owner, Person(owner)), job)}
    return [one for one in late if one.owner in awake]


def _is_awake(one: Person, job: JobContext) -> bool:
    """Whether they want to hear of such things at this moment, by their own clock."""
    return moment_for(one, Severity.NOTICE, job.company, job.now) <= job.now


def _occurrence(job: JobContext) -> str:
    return _today(job).isoformat()


def _today(job: JobContext) -> date:
    return job.now.astimezone(job.company.zone).date()


JOB = Job(id="playbook_due", summary="Remind the owners of playbook steps that are overdue", run=run, due=due)
