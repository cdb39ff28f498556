"""Telling people of alerts: where each goes and when, and the messages it stands in kept up to date."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from commands.core.playbook_question import rules_with_playbook
from commands.core.posted import written
from commands.core.reply import Reply
from commands.core.request import Company
from commands.core.routing import People, Way, is_person, language_in, moment_for, route
from commands.ui.blocks import section
from commands.ui.cards.alert import alert_card, alerts_card
from commands.ui.cards.alert_history import about, giver_of, step_line
from commands.ui.cards.alert_words import Day, mentioned, named
from commands.ui.text import translator
from metrics.judging import Severity
from metrics.types import Sentence, plural
from storage.queries.alert_facts import beside
from storage.queries.alert_places import HANDED, LEAD, MANY, ONE, REMINDER, Place, lately, living, place, told, waiting
from storage.queries.alert_routes import Route, routes
from storage.queries.alert_steps import Step, events_of, leave_to_digest, note
from storage.queries.alerts import STILL_OPEN, Alert, State, by_id, by_ids
from storage.queries.outbox import Draft, put, withdraw
from storage.queries.people_known import Person, people_of
from storage.queries.people_known import by_ids as people_by_ids
from storage.session import Session

GROUP_FROM: Final = 5
"""So many alerts for one destination come as one message."""
LATELY: Final = timedelta(hours=1)

INTROS: Final = {
    (LEAD, State.OPEN): Sentence("Nobody has taken this in time."),
    (REMINDER, State.TAKEN): Sentence("You have taken this, and its day has passed. Is it done?"),
    (HANDED, State.TAKEN): Sentence("This alert is yours now."),
}
"""What stands above an alert that is told again, as long as it is in such a state."""


def new_alerts(count: int) -> Sentence:
    """The head of a message about several of them."""
    return plural("{count} new alert", "{count} new alerts", count)


HEADS: Final[Mapping[str, Callable[[int], Sentence]]] = {
    LEAD: lambda count: plural(
        "{count} alert that nobody has taken in time", "{count} alerts that nobody has taken in time", count
    ),
    REMINDER: lambda count: plural(
        "You have taken {count} alert whose day has passed", "You have taken {count} alerts whose day has passed", count
    ),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What telling takes: the company's decisions and what people have said, read once."""

    db: Session
    company: Company
    now: datetime
    routes: Sequence[Route]
    people: People

    @property
    def today(self) -> date:
        """The day in the company's time zone."""
        return self.now.astimezone(self.company.zone).date()

    @property
    def when(self) -> Day:
        """The day and the zone of cards."""
        return Day(self.today, self.company.zone)


def tell(db: Session, alert_ids: Sequence[int], *, company: Company, now: datetime) -> int:
    """Put the messages about newly opened alerts that are not held into the outbox; how many messages these are.

    An alert that stands in a message already is not told a second time: `refresh` has said in its thread what is new.
    One that nobody is to be told of by itself is held from now on: it waits for the digest.
    """
    known = told(db, alert_ids)
    for alert_id in sorted(known):
        note(db, alert_id, Step.TOLD, now=now, actor=None, detail={"again": True})
    new = [one for one in by_ids(db, alert_ids) if not one.held and one.state in STILL_OPEN and one.id not in known]
    desk = desk_of(db, new, company, now)
    ways: defaultdict[Way, list[Alert]] = defaultdict(list)
    owners: dict[Way, str | None] = {}
    unsaid: list[int] = []
    for alert in new:
        way = route(alert, desk.routes, desk.people, company, now)
        if way is None:
            unsaid.append(alert.id)
        else:
            same = way._replace(owner=None)
            owners.setdefault(same, way.owner)
            ways[same].append(alert)
    leave_to_digest(db, unsaid, now=now)
    return sum(_post(desk, way._replace(owner=owners[way]), alerts) for way, alerts in ways.items())


def refresh(db: Session, alert_id: int, *, company: Company, now: datetime) -> None:
    """Put edits of every message in which the alert stands, and a line about its last step under it, into the outbox.

    A message that nobody has seen yet is taken back when all of its alerts are over.
    """
    alert = by_id(db, alert_id)
    if alert is None:
        return
    places = living(db, alert_id)
    desk = desk_of(db, [alert], company, now, known=places)
    for one in places:
        unseen = one.state == "pending"
        if unseen and alert.state not in STILL_OPEN and _are_over(db, one) and withdraw(db, one.outbox_id):
            continue
        _edit(desk, alert, one, str(alert.version))
        if not unseen:
            _add_line(desk, alert, one)


def _are_over(db: Session, one: Place) -> bool:
    return all(alert.state not in STILL_OPEN for alert in by_ids(db, one.alert_ids))


def reword(db: Session, alert_id: int, *, company: Company, now: datetime) -> None:
    """Put edits of every message in which the alert stands into the outbox; nothing is said about it."""
    alert = by_id(db, alert_id)
    if alert is None:
        return
    places = living(db, alert_id)
    desk = desk_of(db, [alert], company, now, known=places)
    for one in places:
        _edit(desk, alert, one, now.isoformat())


def desk_of(db: Session, alerts: Iterable[Alert], company: Company, now: datetime, known: Iterable[Place] = ()) -> Desk:
    """What is needed to tell of some alerts, and to keep some messages up to date."""
    lines = routes(db)
    alerts = list(alerts)
    ids = {*company.leads, *company.admins, company.alert_channel or "", *(one.taken_by or "" for one in alerts)}
    ids |= {one.destination for one in lines} | {one.destination for one in known}
    emails = people_of(db, {one.csm_email for one in alerts if one.csm_email})
    by_id_ = people_by_ids(db, ids) | {one.user_id: one for one in emails.values()}
    return Desk(db, company, now, lines, People(emails, by_id_))


def card(desk: Desk, alerts: Sequence[Alert], language: str, purpose: str = ONE) -> Reply:
    """The message about one alert, or several; what it is for, as storage.queries.alert_places names it."""
    t, when = translator(language), desk.when
    facts = beside(desk.db, alerts, day=when.today)
    if len(alerts) == 1:
        (alert,) = alerts
        offered = alert.rule_id in rules_with_playbook(desk.db)
        intro = _intro(desk, alert, purpose)
        return alert_card(
            alert, t, today=when.today, zone=when.zone, beside=facts[alert.id], playbook=offered, intro=intro
        )
    head = HEADS.get(purpose, new_alerts)(len(alerts))
    return alerts_card(alerts, t, today=when.today, zone=when.zone, beside=facts, head=head)


def _intro(desk: Desk, alert: Alert, purpose: str) -> Sentence | None:
    """What stands above one that is told again; for one that was handed over who has done so."""
    intro = INTROS.get((purpose, alert.state))
    if intro is None or purpose != HANDED:
        return intro
    given = next((one for one in reversed(events_of(desk.db, alert.id)) if one.kind == Step.TAKEN), None)
    giver = "" if given is None else giver_of(given)
    return Sentence("{giver} has handed this to you.", {"giver": giver}) if giver else intro


def _post(desk: Desk, way: Way, new: list[Alert]) -> int:
    """Put the messages for one destination and moment; those that still wait for the same moment come along."""
    later = [one for one in waiting(desk.db, way.destination, after=desk.now) if one.due_at == way.due_at]
    if len(new) + sum(len(one.alert_ids) for one in later) >= GROUP_FROM:
        return _gather(desk, way, new, later)
    if way.due_at > desk.now:
        return sum(_put(desk, way, [alert], ONE) for alert in new)
    before = lately(desk.db, way.destination, since=desk.now - LATELY, until=desk.now)
    if before.alerts + len(new) < GROUP_FROM:
        return sum(_put(desk, way, [alert], ONE) for alert in new)
    if before.last_group is None or any(one.severity == Severity.URGENT for one in new):
        return _put(desk, way, new, MANY)
    # this hour has had its message: the next one gathers what comes until the hour is over
    next_one = way._replace(due_at=before.last_group + LATELY)
    later = [one for one in waiting(desk.db, way.destination, after=desk.now) if one.due_at == next_one.due_at]
    return _gather(desk, next_one, new, later)


def _gather(desk: Desk, way: Way, new: list[Alert], later: Iterable[Place]) -> int:
    """One message for the new ones and for those in messages that still wait."""
    gathered = [id_ for one in later if withdraw(desk.db, one.outbox_id) for id_ in one.alert_ids]
    return _put(desk, way, [*new, *by_ids(desk.db, gathered)], MANY)


def _put(desk: Desk, way: Way, alerts: list[Alert], purpose: str) -> int:
    ids = sorted(one.id for one in alerts)
    occurrence = str(ids[0]) if purpose == ONE else f"{ids[0]}-{ids[-1]} {len(ids)} {desk.now.isoformat()}"
    content = written(card(desk, alerts, way.language))
    draft = Draft(purpose, occurrence, way.destination, content, way.due_at, owner=way.owner)
    outbox_id = put(desk.db, draft, now=desk.now)
    for id_ in ids:
        place(desk.db, id_, outbox_id)
        detail = {"destination": way.destination, "outbox": outbox_id, "due": way.due_at.isoformat()}
        note(desk.db, id_, Step.TOLD, now=desk.now, actor=None, detail=detail)
    return 1


def _edit(desk: Desk, alert: Alert, one: Place, which: str) -> None:
    language = language_in(one.destination, desk.routes, desk.people, desk.company)
    inside = [alert] if one.alert_ids == (alert.id,) else by_ids(desk.db, one.alert_ids)
    content = written(card(desk, inside, language, one.purpose))
    occurrence = f"{one.outbox_id} {alert.id} {which}"
    put(
        desk.db,
        Draft("alert edit", occurrence, one.destination, content, desk.now, edits=one.outbox_id),
        now=desk.now,
    )


def _add_line(desk: Desk, alert: Alert, one: Place) -> None:
    """A line under a message about the alert's last step; what nobody pressed waits for the end of quiet hours."""
    events = events_of(desk.db, alert.id)
    last = events[-1]
    actor = people_by_ids(desk.db, [last.actor]).get(last.actor) if last.actor else None
    plain, shown = (step_line(alert, last, actor, desk.when, whose) for whose in _whose(desk, alert))
    if plain is None or shown is None:
        return
    t = translator(language_in(one.destination, desk.routes, desk.people, desk.company))
    if len(one.alert_ids) > 1:
        plain, shown = about(alert, plain), about(alert, shown)
    content = written(Reply(t(plain), (section(t.md(shown)),)))
    due_at = desk.now if last.actor else _moment(desk, alert, one.destination)
    occurrence = f"{one.outbox_id} {alert.id} {len(events)}"
    draft = Draft("alert line", occurrence, one.destination, content, due_at, thread_of=one.outbox_id)
    put(desk.db, draft, now=desk.now)


def _whose(desk: Desk, alert: Alert) -> tuple[str | None, str | None]:
    """Who is to look at it when it got worse or woke, by name and as a mention: whoever took it, else the CSM."""
    csm = desk.people.by_email.get((alert.csm_email or "").lower())
    user_id = alert.taken_by or (None if csm is None else csm.user_id)
    if user_id is None:
        return None, None
    return named(user_id, desk.people.by_id.get(user_id)), mentioned(user_id)


def _moment(desk: Desk, alert: Alert, destination: str) -> datetime:
    """When a destination may be spoken to about an alert."""
    if is_person(destination):
        person = desk.people.by_id.get(destination) or Person(destination)
        return moment_for(person, alert.severity, desk.company, desk.now)
    urgent = alert.severity == Severity.URGENT
    return desk.now if urgent else desk.company.quiet.next_moment(desk.now, desk.company.zone)
