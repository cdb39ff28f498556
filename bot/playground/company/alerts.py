"""The alerts that Faro has lived with: signals of the past weeks, taken, closed and voted on as a team does."""

from datetime import datetime, timedelta
from typing import Final

from bot.jobs import JobContext
from bot.playground.company.people import ANA, BEN, IRINA, demo_world
from commands.core.signals import judge
from commands.ui.text import best_locale
from metrics.deadlines import DONE_WITHIN, working_day_after
from metrics.judging import Severity
from storage.queries.alert_steps import Step, change, note
from storage.queries.alerts import Alert, Outcome, State, by_ids
from storage.queries.people_known import Person, remember
from storage.session import Session, transaction

JUDGED: Final = (16, 9, 4)
"""So many days ago signals were looked at."""

_SLACK: Final = {ANA: "U0ANA", BEN: "U0BEN", IRINA: "U0IRINA"}
_LEAD: Final = "U0MAYA"
_HOURS: Final = timedelta(hours=1)


def know_each_other(db: Session, now: datetime) -> None:
    """Keep who the colleagues are, as the bot would learn it from Slack."""
    team = demo_world().users
    for user in team:
        if not (user.team_id or user.is_restricted):
            person = Person(user.id, user.email, user.real_name, best_locale(user.locale), user.tz)
            remember(db, person, now=now)


def live_with(job: JobContext) -> None:
    """Judge everybody at the end of the job's day, as then, and let the team work on what is found.

    No message is made of it: what was said weeks ago is not said today.
    """
    then = job.now - timedelta(days=(job.now.astimezone(job.company.zone).date() - job.day).days - 1)
    with transaction(job.engine) as db:
        know_each_other(db, job.now)
        opened = judge(db, None, company=job.company, now=then, as_of=job.day).opened
        found = by_ids(db, opened)
        for number, alert in enumerate(found):
            note(db, alert.id, Step.TOLD, now=then, actor=None, detail={"history": True})
            _work_on(db, alert, number, job, then)


def _work_on(db: Session, alert: Alert, number: int, job: JobContext, then: datetime) -> None:
    """Every fourth is left alone, every fourth turns out to be nothing, the others are taken, half of them for good."""
    who = _SLACK.get(alert.csm_email or "", _LEAD)
    if number % 4 == 3:
        return
    if number % 4 == 1:
        note(db, alert.id, Step.VOTED, now=then + 3 * _HOURS, actor=who, detail={"useful": False})
        _close(db, alert, who, Outcome.NOT_A_RISK, then + 4 * _HOURS)
        return
    taken_at = then + (1 + number % 3) * _HOURS
    begun = then if number % 3 == 1 else job.now  # some are past their day
    due_on = working_day_after(begun.date(), DONE_WITHIN[Severity(alert.severity)], job.company.quiet)
    change(
        db,
        alert.id,
        Step.TAKEN,
        now=taken_at,
        actor=who,
        state=State.TAKEN,
        taken_by=who,
        taken_at=taken_at,
        due_on=due_on,
    )
    if number % 4 == 0:
        note(db, alert.id, Step.VOTED, now=taken_at + 2 * _HOURS, actor=who, detail={"useful": True})
        _close(db, alert, who, Outcome.SAVED, taken_at + 20 * _HOURS)


def _close(db: Session, alert: Alert, who: str, outcome: Outcome, at: datetime) -> None:
    detail = {"outcome": outcome.value}
    change(
        db, alert.id, Step.CLOSED, now=at, actor=who, detail=detail, state=State.CLOSED, outcome=outcome, closed_at=at
    )
