"""Wins: one message when an account comes back, or a new one of a size worth a word begins to pay."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.jobs import Job, JobContext
from commands.core.posted import written
from commands.core.preferences import preferences_of, zone_of
from commands.core.request import Company
from commands.ui.cards.win import win_card, wins_card
from commands.ui.text import translator
from metrics.types import MovementKind
from storage.queries.outbox import Draft, put
from storage.queries.people_known import Person, by_ids, people_of
from storage.queries.rates import rates_on
from storage.queries.remembered import forget, recall, remember
from storage.queries.returns import Arrival, arrivals
from storage.session import Session, reading, transaction

PURPOSE: Final = "win"
MOST_ALONE: Final = 3
"""More wins than these for one destination come as one message."""
LOOK_BACK_DAYS: Final = 7
"""Wins whose data comes late are still told; older ones are history."""
_SINCE: Final = "wins_told_since"
_UNTIL: Final = "wins_told_until"
_TOLD: Final = "win told: "


@dataclass(frozen=True, slots=True)
class Way:
    """Where a win is told, how and when."""

    destination: str
    language: str
    due_at: datetime


def run(job: JobContext) -> str:
    """Put what has not been told yet of the last days into the outbox, in one transaction with the mark of the day."""
    with transaction(job.engine) as db:
        if recall(db, _SINCE) is None:
            remember(db, _SINCE, job.day.isoformat())
        found = list(_untold(db, job))
        ways = _ways(db, found, job)
        for way, wins in ways.items():
            _tell(db, way, wins, job)
        forget(db, _TOLD, below=(job.day - timedelta(days=2 * LOOK_BACK_DAYS)).isoformat())
        remember(db, _UNTIL, max(job.day.isoformat(), recall(db, _UNTIL) or ""))
    return f"{job.day.isoformat()}: {len(found)} wins, {sum(map(len, ways.values()))} told"


def due(job: JobContext) -> tuple[date, ...]:
    """The context's day, once it is over."""
    with reading(job.engine) as db:
        told = recall(db, _UNTIL)
    return () if told is not None and told >= job.day.isoformat() else (job.day,)


def _untold(db: Session, job: JobContext) -> Iterator[Arrival]:
    """The wins of the last days; a store that is new has none from before its first day."""
    first = date.fromisoformat(recall(db, _SINCE) or job.day.isoformat())
    since = max(job.day - timedelta(days=LOOK_BACK_DAYS - 1), min(first, job.day))
    rates = rates_on(db, job.day, home=job.company.currency)
    kinds = (MovementKind.REACTIVATION, MovementKind.NEW)
    for one in arrivals(db, since=since, until=job.day, rates=rates, kinds=kinds):
        if _worth_a_word(one, job.company) and not _was_told(db, one):
            yield one


def _was_told(db: Session, one: Arrival) -> bool:
    """Whether it was told, maybe with another day: corrected data moves it, and nobody comes back twice a week."""
    told = recall(db, _told(one))
    return told is not None and abs((one.day - date.fromisoformat(told)).days) < LOOK_BACK_DAYS


def _worth_a_word(one: Arrival, company: Company) -> bool:
    if one.kind is MovementKind.REACTIVATION:
        return one.mrr > 0
    return company.win_from is not None and one.mrr >= company.win_from


def _occurrence(one: Arrival) -> str:
    return f"{one.who.account_id} {one.day.isoformat()}"


def _ways(db: Session, wins: Sequence[Arrival], job: JobContext) -> dict[Way, list[Arrival]]:
    """The wins by where they are told: the channel for alerts, else the account's CSM, else a lead or admin."""
    company = job.company
    csms = people_of(db, [one.who.csm_email for one in wins if one.who.csm_email])
    others = (*company.leads, *company.admins)
    known_others = by_ids(db, others)
    found: defaultdict[Way, list[Arrival]] = defaultdict(list)
    for one in wins:
        person = csms.get((one.who.csm_email or "").lower())
        if person is None and others:
            person = known_others.get(others[0], Person(others[0], language=company.language))
        if company.alert_channel:
            due_at = company.quiet.next_moment(job.now, company.zone)
            found[Way(company.alert_channel, company.language, due_at)].append(one)
        elif person is not None:
            due_at = preferences_of(person).quiet(company).next_moment(job.now, zone_of(person, company))
            found[Way(person.user_id, person.language, due_at)].append(one)
    return found


def _tell(db: Session, way: Way, wins: Sequence[Arrival], job: JobContext) -> None:
    """Each its own message, or one of all; whichever, each account is told of once."""
    t, home = translator(way.language), job.company.currency
    ordered = sorted(wins, key=lambda one: (-one.mrr, one.who.key))
    together = len(ordered) > MOST_ALONE
    for one in ordered[:1] if together else ordered:
        reply = wins_card(ordered, home, t) if together else win_card(one, home, t)
        put(db, Draft(PURPOSE, _occurrence(one), way.destination, written(reply), way.due_at), now=job.now)
    for one in ordered:
        remember(db, _told(one), one.day.isoformat())


def _told(one: Arrival) -> str:
    """The name under which it is remembered that a win has been told."""
    return f"{_TOLD}{one.who.account_id}"


JOB = Job(id="wins", summary="Celebrate accounts that came back, and large new ones", run=run, due=due)
