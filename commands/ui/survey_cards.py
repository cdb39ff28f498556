"""The live card of a wave in Slack: sent to whoever started it, and put in its own place as the wave goes on."""

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from commands.core.posted import written
from commands.core.request import Company, Translator
from commands.core.survey_seen import Seen, seen
from commands.ui.cards.survey_failures import failures_card
from commands.ui.cards.survey_wave import wave_card
from commands.ui.text import translator
from storage.queries.outbox import Draft, put
from storage.queries.people_known import by_ids
from storage.queries.survey_cards import FAILURES, note_card, note_shown
from storage.session import Session

PURPOSE: Final = "survey-card"


def post_card(db: Session, wave_id: int, *, company: Company, now: datetime) -> None:
    """Put the card into the outbox for whoever started the wave, once; a wave that a trigger started has none."""
    one = seen(db, wave_id)
    if one is None or one.wave.started_by is None or one.wave.card_outbox_id is not None:
        return
    owner = one.wave.started_by
    draft = Draft(PURPOSE, str(wave_id), owner, _content(db, one, company), now, owner=owner)
    note_card(db, wave_id, put(db, draft, now=now))
    note_shown(db, wave_id, shown_on(one))


def refresh_card(db: Session, wave_id: int, *, company: Company, now: datetime) -> bool:
    """Put the card's edit into the outbox if it would show something else; whether it does."""
    one = seen(db, wave_id)
    if one is None or one.wave.card_outbox_id is None or one.wave.started_by is None:
        return False
    counts = shown_on(one)
    if counts == one.wave.card_shown:
        return False
    occurrence = f"{wave_id} {now.isoformat()}"
    content, card = _content(db, one, company), one.wave.card_outbox_id
    put(db, Draft(PURPOSE, occurrence, one.wave.started_by, content, now, edits=card), now=now)
    note_shown(db, wave_id, counts)
    return True


def tell_failures(db: Session, wave_id: int, *, company: Company, now: datetime) -> None:
    """Tell whoever started the wave of the questions that did not get there: one message, all of them."""
    one = seen(db, wave_id)
    if one is None or one.wave.started_by is None:
        return
    owner, (t, zone) = one.wave.started_by, _reader(db, one, company)
    content = written(failures_card(one, t, zone=zone))
    put(db, Draft(FAILURES, str(wave_id), owner, content, now, owner=owner), now=now)


def is_stale(db: Session, wave_id: int) -> bool:
    """Whether a live card shows what is no longer so."""
    one = seen(db, wave_id)
    return one is not None and one.wave.card_outbox_id is not None and shown_on(one) != one.wave.card_shown


def shown_on(one: Seen) -> dict[str, Any]:
    """What the card shows, to be compared."""
    shown = {**one.progress.as_json(), "state": one.wave.state, "answers": one.given.answers, "value": str(one.value)}
    return {**shown, "voided": one.given.voided} if one.given.voided else shown


def _content(db: Session, one: Seen, company: Company) -> dict[str, Any]:
    t, zone = _reader(db, one, company)
    return written(wave_card(one, t, zone=zone))


def _reader(db: Session, one: Seen, company: Company) -> tuple[Translator, ZoneInfo]:
    """The language and zone of whoever started it."""
    person = by_ids(db, [one.wave.started_by or ""]).get(one.wave.started_by or "")
    language = company.language if person is None else person.language
    zone = company.zone if person is None or person.zone is None else ZoneInfo(person.zone)
    return translator(language), zone
