"""Alerts told to one person: a lead that nobody takes it, whoever has it that its day has passed, or that they do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from commands.core.posted import written
from commands.core.request import Company
from commands.core.routing import lead_of, moment_for
from commands.ui.alert_posting import GROUP_FROM, Desk, card, desk_of, refresh
from metrics.deadlines import deadline
from metrics.judging import Severity
from storage.queries.alert_places import HANDED, LEAD, REMINDER, place
from storage.queries.alert_steps import Step, change, note
from storage.queries.alert_waits import past_their_day, untaken
from storage.queries.alerts import Alert, State, by_ids
from storage.queries.outbox import Draft, put
from storage.queries.people_known import Person
from storage.session import Session


def waiting_too_long(db: Session, company: Company, now: datetime) -> tuple[list[Alert], list[Alert]]:
    """The alerts that nobody has taken in time, and those that were taken and are past their day."""
    late = []
    for alert, since in untaken(db):
        allowed = company.take_within.get(Severity(alert.severity))
        if allowed is not None and deadline(since, allowed, company.quiet, company.zone) <= now:
            late.append(alert)
    return late, past_their_day(db, now.astimezone(company.zone).date())


def escalate(db: Session, alerts: Sequence[Alert], *, company: Company, now: datetime) -> int:
    """Tell the leads, once an alert, and say so in its thread; of how many, without those taken meanwhile."""
    desk = desk_of(db, alerts, company, now)
    of_lead: defaultdict[str, list[int]] = defaultdict(list)
    told = 0
    for alert in alerts:
        lead = lead_of(alert, desk.routes, company)
        detail = {} if lead is None else {"lead": lead, "lead_name": _person(desk, lead).name}
        if not change(db, alert.id, Step.ESCALATED, now=now, detail=detail, only_in=(State.OPEN,), escalated_at=now):
            continue
        told += 1
        refresh(db, alert.id, company=company, now=now)
        if lead is not None:
            of_lead[lead].append(alert.id)
    for lead, ids in of_lead.items():
        _send(desk, by_ids(db, ids), _person(desk, lead), LEAD)
    return told


def remind(db: Session, alerts: Iterable[Alert], *, company: Company, now: datetime) -> None:
    """Remind whoever took them, once."""
    alerts = [one for one in alerts if one.taken_by]
    desk = desk_of(db, alerts, company, now)
    of_taker: defaultdict[str, list[Alert]] = defaultdict(list)
    for alert in alerts:
        note(db, alert.id, Step.REMINDED, now=now, actor=None, detail={"who": alert.taken_by})
        of_taker[str(alert.taken_by)].append(alert)
    for taker, some in of_taker.items():
        _send(desk, some, _person(desk, taker), REMINDER)


def tell_new_owner(db: Session, alert: Alert, *, company: Company, now: datetime) -> None:
    """Tell whoever has it since it was handed over, by direct message."""
    if alert.taken_by:
        desk = desk_of(db, [alert], company, now)
        _send(desk, [alert], _person(desk, alert.taken_by), HANDED)


def _person(desk: Desk, user_id: str) -> Person:
    return desk.people.by_id.get(user_id) or Person(user_id, language=desk.company.language)


def _send(desk: Desk, alerts: Sequence[Alert], person: Person, purpose: str) -> None:
    """Alerts by direct message, each as a message of its own that changes with it, or many as one."""
    together = [alerts] if len(alerts) >= GROUP_FROM else [[alert] for alert in alerts]
    for some in together:
        content = written(card(desk, some, person.language, purpose))
        due_at = min(moment_for(person, alert.severity, desk.company, desk.now) for alert in some)
        occurrence = f"{some[0].id} {some[0].version} {len(some)}"
        outbox_id = put(desk.db, Draft(purpose, occurrence, person.user_id, content, due_at), now=desk.now)
        for alert in some:
            place(desk.db, alert.id, outbox_id)
