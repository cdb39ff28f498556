"""Surveys kept going: waves that are due begin, people are reminded once, questions end, live cards follow.

Each step is a transaction of its own that finds what is still to be done: broken off anywhere, the next round goes on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Engine

from bot import survey_triggers
from bot.survey_closing import Words, close
from commands.core.posted import written
from commands.core.request import Company
from commands.core.survey_recurring import wave_at
from commands.ui.survey_cards import is_stale, post_card, refresh_card, tell_failures
from commands.ui.survey_messages import reminder_of
from commands.ui.survey_posting import start
from storage.queries import survey_asks, survey_rounds, survey_waves
from storage.queries.outbox import Draft, put
from storage.queries.schedules import Schedule
from storage.queries.survey_wanted import no_longer_wanted
from storage.session import Session, reading, transaction

PORTION: Final = 200
"""So many questions are looked at in one transaction: nobody waits long for it."""


@dataclass(slots=True)
class Round:
    """What one round came to."""

    triggered: int = 0
    started: int = 0
    reminded: int = 0
    withdrawn: int = 0
    expired: int = 0
    over: int = 0


def is_waiting(db: Session, now: datetime, company: Company) -> bool:
    """Whether a round has anything to do."""
    today = now.astimezone(company.zone).date()
    if survey_triggers.is_waiting(db, now, company) or survey_rounds.anything(db, now=now, today=today):
        return True
    return bool(_stale_cards(db, now))


def _stale_cards(db: Session, now: datetime) -> list[int]:
    """The waves whose live card shows what is no longer so."""
    return [wave_id for wave_id in survey_rounds.waves_with_a_card(db, now=now) if is_stale(db, wave_id)]


def begin_recurring(engine: Engine, schedule: Schedule, slot: datetime, company: Company, now: datetime) -> int | None:
    """The wave of a schedule's moment, begun at once; None where its rhythm passes over this one."""
    new = wave_at(schedule, slot, now)
    if new is None:
        return None
    with transaction(engine) as db:
        wave_id = survey_waves.add_wave(db, new, now)
        start(db, wave_id, company, now)
        post_card(db, wave_id, company=company, now=now)
    return wave_id


def go_round(engine: Engine, company: Company, now: datetime) -> Round:
    """All that is due at this moment."""
    done = Round(triggered=survey_triggers.look(engine, company, now))
    with reading(engine) as db:
        due = survey_waves.due_waves(db, now)
    for wave_id in due:
        with transaction(engine) as db:
            start(db, wave_id, company, now)
            post_card(db, wave_id, company=company, now=now)
        done.started += 1
    with transaction(engine) as db:
        survey_asks.follow(db, now=now)
    done.withdrawn = _portions(engine, lambda db: _withdraw(db, company, now))
    done.reminded = _portions(engine, lambda db: _remind(db, company, now))
    done.expired = _portions(engine, lambda db: _expire(db, company, now))
    with transaction(engine) as db:
        over = survey_rounds.finished_waves(db, now=now)
        done.over = sum(survey_waves.finish(db, wave_id) for wave_id in over)
        for wave_id in survey_rounds.failures_to_tell(db, now=now):
            tell_failures(db, wave_id, company=company, now=now)
    with reading(engine) as db:
        stale = _stale_cards(db, now)
    for wave_id in stale:
        with transaction(engine) as db:
            refresh_card(db, wave_id, company=company, now=now)
    return done


def _portions(engine: Engine, work: Callable[[Session], int]) -> int:
    """Do a portion a transaction until none is left; how many there were."""
    total = 0
    while True:
        with transaction(engine) as db:
            found = work(db)
        total += found
        if found < PORTION:
            return total


def _withdraw(db: Session, company: Company, now: datetime) -> int:
    """Take back what nobody wants any more; where it stands in Slack already, it is closed there."""
    today = now.astimezone(company.zone).date()
    unwanted = no_longer_wanted(db, today=today, most=PORTION)
    for ask_id, reason in unwanted:
        close(db, survey_asks.withdraw(db, [ask_id], reason, now=now), company, now, expired=False)
    ended = survey_asks.open_of_ended_waves(db, most=PORTION - len(unwanted))
    close(db, survey_asks.withdraw(db, ended, survey_rounds.TAKEN_BACK, now=now), company, now, expired=False)
    answered = survey_asks.take_no_more(db, now=now, most=PORTION - len(unwanted) - len(ended))
    close(db, answered, company, now, expired=False)
    return len(unwanted) + len(ended) + len(answered)


def _remind(db: Session, company: Company, now: datetime) -> int:
    """Put the one reminder of each question that waits long enough; at the last moment it is looked at once more."""
    asks = survey_asks.due_reminders(db, now=now, most=PORTION)
    words = Words(db)
    for ask in asks:
        wave = words.wave(ask.wave_id)
        reply = reminder_of(ask, words.of(ask), company, anonymous=wave.anonymous, shared=wave.place != "direct")
        draft = Draft(
            survey_asks.REMINDER,
            ask.occasion,
            ask.destination,
            written(reply),
            now,
            expires_at=ask.expires_at,
            thread_of=None if wave.place == "direct" else survey_asks.thread_of(db, ask),
            to_customer=True,
        )
        survey_asks.reminded(db, ask.id, put(db, draft, now=now))
    return len(asks)


def _expire(db: Session, company: Company, now: datetime) -> int:
    asks = survey_asks.expire(db, now=now, most=PORTION)
    close(db, asks, company, now, expired=True)
    return len(asks)
