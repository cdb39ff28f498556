"""Telling the admins that data has stopped coming in, and that it is back: one message each."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from commands.core.posted import written
from commands.core.reply import Reply
from commands.core.request import Company, Translator
from commands.ui.blocks import section
from commands.ui.cards.stops import since
from commands.ui.text import translator
from metrics.feeds import Stop
from metrics.types import Sentence, msg
from storage.queries.feed import stopped
from storage.queries.outbox import Draft, put
from storage.queries.remembered import recall, remember
from storage.session import Session

PURPOSE: Final = "feed"
_TOLD: Final = "feeds_told_of"
"""By entity the last day with data, of the stops that somebody has been told of and that are not over."""

_BACK: Final[Mapping[str, str]] = {
    "campaigns": msg("Campaigns come in again; the last before were of {day}."),
    "invoices": msg("Payments come in again; the last before were of {day}."),
    "survey_responses": msg("Survey answers come in again; the last before were of {day}."),
    "tickets": msg("Tickets come in again; the last before were of {day}."),
    "usage": msg("Usage comes in again; the last before was of {day}."),
}


def tell_of_feeds(db: Session, *, company: Company, now: datetime) -> int:
    """Tell the admins, or the channel of alerts, of feeds that have stopped or are back; how many messages these are.

    Nothing is noted as told while there is nobody to tell.
    """
    destinations = company.admins or tuple(filter(None, (company.alert_channel,)))
    if not destinations:
        return 0
    told = {entity: date.fromisoformat(day) for entity, day in json.loads(recall(db, _TOLD) or "{}").items()}
    stops = stopped(db, now.astimezone(company.zone).date(), company.zone)
    last = {entity: stop.last_on for entity, stop in stops.items()}
    if told == last:
        return 0
    t = translator(company.language)
    back = [(f"{entity} {day} back", _back(entity, day, t)) for entity, day in told.items() if entity not in stops]
    gone = [
        (f"{entity} {stop.last_on} stopped", _stopped(entity, stop, t))
        for entity, stop in stops.items()
        if told.get(entity) != stop.last_on
    ]
    remember(db, _TOLD, json.dumps({entity: day.isoformat() for entity, day in sorted(last.items())}))
    _put(db, (*back, *gone), destinations, company, now)
    return (len(back) + len(gone)) * len(destinations)


def _put(
    db: Session, messages: Iterable[tuple[str, Reply]], destinations: Iterable[str], company: Company, now: datetime
) -> None:
    due = company.quiet.next_moment(now, company.zone)
    for occurrence, reply in messages:
        for destination in destinations:
            put(db, Draft(PURPOSE, occurrence, destination, written(reply), due), now=now)


def _stopped(entity: str, stop: Stop, t: Translator) -> Reply:
    said = Sentence(
        "*Data has stopped coming in*: {what}. Alerts that rest on it are held back until it is here: "
        "what nobody knows is no silence of customers. Please look at what sends it.",
        {"what": since(entity, stop)},
    )
    return _reply(said, t)


def _back(entity: str, day: date, t: Translator) -> Reply:
    return _reply(Sentence(_BACK[entity], {"day": day}), t)


def _reply(said: Sentence, t: Translator) -> Reply:
    text = t(said)
    return Reply(text.replace("*", ""), (section(t.md(said)),))
