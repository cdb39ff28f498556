"""What a round of keeping surveys going finds to do, across waves."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import String, and_, cast, exists, or_, select

from storage.queries.survey_asks import OPEN, answered_of_ended_waves, to_expire, to_follow, to_remind
from storage.queries.survey_cards import FAILURES
from storage.queries.survey_wanted import no_longer_wanted
from storage.queries.survey_waves import UNDER_WAY, due_waves
from storage.queries.tables import outbox, survey_ask, survey_wave
from storage.session import Session

TAKEN_BACK: Final = "told_by_others"
"""The reason of questions whose wave somebody has withdrawn."""
_SETTLES: Final = timedelta(days=2)
"""The card of a wave that is over is looked at for so much longer: answers are changed, messages settle."""

CARD_RESTS: Final = timedelta(seconds=30)
"""A live card is not changed more often."""

_a, _w, _o = survey_ask.c, survey_wave.c, outbox.c
_open = exists().where(_a.wave_id == _w.id, _a.state.in_(OPEN))


def anything(db: Session, *, now: datetime, today: date) -> bool:
    """Whether there is anything to do: waves to begin or to end, questions to remind of or to end."""
    if due_waves(db, now):
        return True
    ended = and_(_a.state.in_(OPEN), _a.wave_id.in_(select(_w.id).where(_w.state == "withdrawn")))
    of_asks = or_(to_follow(now), to_remind(now), to_expire(now), ended, answered_of_ended_waves(now))
    if db.scalar(select(_a.id).where(of_asks).limit(1)) is not None or finished_waves(db, now=now):
        return True
    if failures_to_tell(db, now=now):
        return True
    return bool(no_longer_wanted(db, today=today, most=1))


def finished_waves(db: Session, *, now: datetime) -> list[int]:
    """The running waves whose time is over and of which no question is open."""
    over = (_w.state == "running", or_(_w.ends_at.is_(None), _w.ends_at <= now), ~_open)
    return list(db.execute(select(_w.id).where(*over).order_by(_w.id)).scalars())


def waves_with_a_card(db: Session, *, now: datetime) -> list[int]:
    """The waves whose live card may show something else by now, and was not changed just now."""
    lately = or_(_w.state.in_(UNDER_WAY), _w.ends_at >= now - _SETTLES)
    rested = ~exists().where(_o.edits == _w.card_outbox_id, _o.created_at > now - CARD_RESTS)
    found = select(_w.id).where(_w.card_outbox_id.is_not(None), lately, rested)
    return list(db.execute(found.order_by(_w.id)).scalars())


def failures_to_tell(db: Session, *, now: datetime) -> list[int]:
    """The waves whose sending is done, of which some questions did not get there, and whose sender was not told yet."""
    lately = or_(_w.state == "running", _w.ends_at >= now - _SETTLES)
    failed = exists().where(_a.wave_id == _w.id, _a.state == "failed")
    in_doubt = select(_o.id).where(_o.id == _a.outbox_id, _o.state == "unknown", _o.settled_at.is_not(None)).exists()
    queued = exists().where(_a.wave_id == _w.id, _a.state == "queued", ~in_doubt)
    told = exists().where(_o.purpose == FAILURES, _o.occurrence == cast(_w.id, String), _o.destination == _w.started_by)
    found = select(_w.id).where(_w.started_by.is_not(None), lately, failed, ~queued, ~told)
    return list(db.execute(found.order_by(_w.id)).scalars())
