"""Directory: who the CSMs, leads and admins are at Slack, asked once a week, so that they can be told things."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from bot.directory import Directory
from bot.jobs import Job, JobContext
from bot.slack_client import SLACK_FAULTS, code_of
from storage.queries.alert_routes import routes
from storage.queries.people_known import Person, not_found, remember, seen_since, to_ask
from storage.session import Session, reading, transaction

KEEP: Final = timedelta(days=7)
MOST: Final = 15
"""People asked about at a time: Slack answers some fifty such questions a minute."""


def run(job: JobContext) -> str:
    """Ask about those that Slack was not asked about for a week; what it does not know is kept, too."""
    if job.directory is None:
        return "Slack cannot be asked without SLACK_BOT_TOKEN"
    found = missed = 0
    emails, ids = _waiting(job)
    try:
        for one in _known(job.directory, emails, ids):
            with transaction(job.engine) as db:
                found, missed = (found + 1, missed) if _keep(db, one, job.now) else (found, missed + 1)
    except SLACK_FAULTS as error:
        return f"{found} people known, {missed} not; then Slack did not tell: {code_of(error)}"
    return f"{found} people known, {missed} not"


def due(job: JobContext) -> tuple[date, ...]:
    """The context's day where somebody is to be asked about, in a bot that can."""
    return (job.day,) if job.directory is not None and any(_waiting(job)) else ()


def _waiting(job: JobContext) -> tuple[list[str], list[str]]:
    """Addresses of CSMs, and ids of others to whom messages go."""
    before, company = job.now - KEEP, job.company
    with reading(job.engine) as db:
        emails = to_ask(db, before=before, most=MOST)
        named = {*company.leads, *company.admins}
        named |= {one for route in routes(db) for one in (route.destination, route.lead) if one}
        people = {one for one in named if one.startswith(("U", "W"))}
        ids = sorted(people - seen_since(db, people, since=before))
    return emails, ids[: MOST - len(emails)]


def _known(directory: Directory, emails: list[str], ids: list[str]) -> Iterator[Person | str]:
    """Each person, or the address of one who is not known; somebody of a known id is kept whatever Slack says."""
    for email in emails:
        yield directory.by_email(email) or email
    for user_id in ids:
        yield directory.by_id(user_id) or Person(user_id)


def _keep(db: Session, one: Person | str, now: datetime) -> bool:
    if isinstance(one, str):
        not_found(db, one, now=now)
        return False
    remember(db, one, now=now)
    return True


JOB = Job(id="directory", summary="Learn from Slack who the CSMs are", run=run, due=due, asks_slack=True)
