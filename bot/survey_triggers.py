"""What asks by itself: looks what has happened, and asks those whom it concerns."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from bot.survey_closing import close
from commands.core.request import Company
from commands.core.survey_triggers import look_of, occurrence_of, series_of
from commands.ui.exit_asking import ask_csms
from commands.ui.survey_posting import Occasion, ask_occasions
from metrics.asking import Audience, Reason, To
from metrics.triggering import Trigger
from metrics.triggers import all_triggers
from storage.queries import survey_asks, survey_triggers
from storage.queries.chunks import chunks
from storage.queries.survey_asking import decided
from storage.queries.survey_occasions import Happened, happened, points_of
from storage.queries.survey_triggers import Setting
from storage.queries.survey_undone import left_in_the_queue, undone
from storage.queries.survey_waves import NewWave, add_wave, planning
from storage.session import Session, reading, transaction


def is_waiting(db: Session, now: datetime, company: Company) -> bool:
    """Whether it is time to look, or something waits in the queue that was switched off meanwhile."""
    return bool(survey_triggers.to_look_at(db, now=now, zone=company.zone) or left_in_the_queue(db))


def look(engine: Engine, company: Company, now: datetime) -> int:
    """Ask for all that has happened, take back what has no reason any more; how many were asked.

    Everything of one look is one transaction: what was looked at is known by the moment that is kept with it.
    """
    with reading(engine) as db:
        if not is_waiting(db, now, company):
            return 0
    with transaction(engine) as db:
        planning(db)
        # Asked again: another process may have looked meanwhile.
        due = survey_triggers.to_look_at(db, now=now, zone=company.zone)
        _take_back(db, [*left_in_the_queue(db), *_undone(db, due, company, now)], company, now)
        asked = 0
        for setting in survey_triggers.trigger_settings(db).values():
            trigger = all_triggers().get(setting.id)
            if trigger is not None and setting.enabled and setting.id in due:
                asked += _ask(db, trigger, setting, company, now)
        survey_triggers.looked(db, due, until=now)
    return asked


def _ask(db: Session, trigger: Trigger, setting: Setting, company: Company, now: datetime) -> int:
    found = happened(db, look_of(trigger, setting, company, now), seen=setting.seen)
    if trigger.asks_csm:
        ask_csms(db, found, company, now)
    occasions = _occasions(db, found)
    known = decided(db, [one.occasion for one in occasions])
    new = [one for one in occasions if one.occasion not in known]
    if not new:
        return 0
    segment = setting.segment
    audience = Audience(To.EVERYBODY) if segment is None else Audience(To.SEGMENT, segment)
    wave = NewWave(occurrence_of(trigger, company, now), trigger.kind, audience, now, series=series_of(trigger))
    return ask_occasions(db, add_wave(db, wave, now), new, company, now).asked


def _occasions(db: Session, found: Sequence[Happened]) -> list[Occasion]:
    """One for each point of contact that was there by then."""
    points = points_of(db, {one.account_id for one in found})
    return [
        Occasion(f"{one.subject} c{contact_id}", contact_id, one.detail)
        for one in found
        for contact_id, began in points.get(one.account_id, ())
        if began is None or began <= one.day
    ]


def _undone(db: Session, trigger_ids: Sequence[str], company: Company, now: datetime) -> list[int]:
    today = now.astimezone(company.zone).date()
    return [one for id_ in trigger_ids if id_ in all_triggers() for one in undone(db, id_, today=today)]


def _take_back(db: Session, ask_ids: Sequence[int], company: Company, now: datetime) -> None:
    """Questions that nobody needs to answer; where they stand in Slack already, they are closed there."""
    for some in chunks(ask_ids):
        close(db, survey_asks.withdraw(db, some, Reason.TOLD_BY_OTHERS, now=now), company, now, expired=False)
