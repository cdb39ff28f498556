"""Surveys that come again and again: a schedule of the job `surveys`, and the wave that each of its moments makes."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from commands.core.request import Actor, Company, Request, Role
from commands.core.survey_draft import MONTHLY, QUARTERLY, Draft, timetable_for
from metrics.asking import Audience
from metrics.timetable import first_slot, instant_of, timetable_of
from storage.queries.schedules import Schedule, all_schedules
from storage.queries.survey_waves import NewWave
from storage.session import Session

JOB: Final = "surveys"
QUARTER: Final = 3
"""Months."""
_DAYS: Final = "%Y-%m-%d"
_MONTHS: Final = "%Y-%m"


def schedule_of(draft: Draft, wave: NewWave, request: Request) -> Schedule:
    """The schedule of a draft that comes again: first at the moment of the wave, then in the draft's rhythm."""
    zone = request.company.zone
    first = wave.start_at.astimezone(zone)
    slot = first.replace(tzinfo=None, second=0, microsecond=0)
    options = {
        "kind": wave.kind,
        "name": wave.name,
        "audience": wave.audience.as_json(),
        "place": wave.place,
        "thread": wave.thread,
        "wording": dict(wave.wording),
        "one_in": wave.one_in,
        "anonymous": wave.anonymous,
        "occurrence": wave.occurrence,
        "rhythm": draft.repeats,
        "from": f"{first:{_MONTHS}}",
        "first": slot.isoformat(),
    }
    return Schedule(
        id=0,
        job=JOB,
        destination=request.actor.user_id,
        owner=request.actor.user_id,
        book="",
        rule=timetable_for(draft, first),
        zone=zone.key,
        language=request.company.language,
        options=options,
        paused=False,
        next_slot=slot,
        next_at=instant_of(slot, zone),
        created_at=request.now,
    )


def wave_at(schedule: Schedule, slot: datetime, now: datetime) -> NewWave | None:
    """The wave of a schedule's moment (naive, local); None where its rhythm passes over this month."""
    options = schedule.options
    if options.get("rhythm") == QUARTERLY and _months(slot.strftime(_MONTHS), str(options["from"])) % QUARTER:
        return None
    monthly = options.get("rhythm") in (MONTHLY, QUARTERLY)
    if monthly and _again_in_its_first_month(slot, str(options.get("first") or "")):
        return None
    when = slot.strftime(_MONTHS if monthly else _DAYS)
    name = str(options.get("name") or "")
    return NewWave(
        occurrence=f"schedule {schedule.id} {slot.isoformat(timespec='minutes')}",
        kind=str(options["kind"]),
        audience=Audience.from_json(options["audience"]),
        start_at=now,
        name=f"{name} {when}".strip()[:100],
        series=f"schedule {schedule.id}",
        place=str(options["place"]),
        thread=options.get("thread"),
        wording=options.get("wording") or {},
        one_in=int(options.get("one_in", 1)),
        anonymous=bool(options.get("anonymous")),
        started_by=schedule.owner,
    )


def next_moment(schedule: Schedule) -> datetime:
    """The next moment (naive, local) at which it asks: for a quarterly one perhaps not the schedule's own next one."""
    slot, table = schedule.next_slot, timetable_of(schedule.rule)
    for _ in range(QUARTER + 1):
        if wave_at(schedule, slot, schedule.next_at) is not None:
            break
        following = first_slot(table, instant_of(slot, ZoneInfo(schedule.zone)), ZoneInfo(schedule.zone))
        slot = following
    return slot


def recurring(db: Session) -> list[Schedule]:
    """The surveys that come again, in the order in which they were set up."""
    return [one for one in all_schedules(db) if one.job == JOB]


def set_up_already(db: Session, occurrence: str) -> Schedule | None:
    """The schedule that was made of the same preparation; None if there is none."""
    return next((one for one in recurring(db) if one.options.get("occurrence") == occurrence), None)


def may_change(owner: str | None, actor: Actor, company: Company) -> bool:
    """Whether somebody may stop or withdraw a survey: who started it, and admins."""
    return actor.user_id in (owner, *company.admins) or actor.role >= Role.ADMIN


def _again_in_its_first_month(slot: datetime, first: str) -> bool:
    """Begun on the 29th or 30th it comes on the last day of each month: of the first one, too, but for this."""
    return bool(first) and slot.isoformat()[:7] == first[:7] and slot > datetime.fromisoformat(first)


def _months(month: str, since: str) -> int:
    (year, number), (first_year, first) = ([int(part) for part in text.split("-")] for text in (month, since))
    return 12 * (year - first_year) + number - first
