"""What the form for a digest holds, and what becomes of it when it is sent off."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from commands.core.arguments import render_book
from commands.core.digest_plan import EACH_CSM, JOB, digests, each_csm, is_person, may_change, planned
from commands.core.errors import NotAllowed, NotUnderstood, UserError
from commands.core.filters import Choices, books_of
from commands.core.preferences import zone_of
from commands.core.recipients import wrong_channel
from commands.core.reply import Invalid
from commands.core.request import Request
from commands.core.zone_words import zone_named
from metrics.errors import BadTimetable
from metrics.timetable import timetable_of
from metrics.types import BookFilter, Sentence
from storage.queries.people_known import Person, by_ids
from storage.queries.schedules import Schedule, add, by_id, change
from storage.session import Session

BOOK: Final = "digest_book"
WHERE: Final = "digest_where"
DAYS: Final = "digest_days"
TIME: Final = "digest_time"
ZONE: Final = "digest_zone"
LANGUAGE: Final = "digest_language"
"""Ids of the blocks with the inputs."""

ALL: Final = "all"
EACH: Final = "each"
"""Choices of a book that are none: everybody, and to each CSM their own."""
DAILY: Final = "mon-fri"
MONTHLY: Final = "day 1"
USUAL_DAYS: Final = "mon"
USUAL_TIME: Final = "09:00"


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the inputs."""

    schedule_id: int | None
    """The digest that is changed; None: a new one."""
    book: str
    where: str | None
    """The channel; None: by direct message."""
    days: str
    time: str
    zone: str
    language: str
    choices: Choices

    @property
    def rule(self) -> str:
        """The days and the time as a schedule keeps them."""
        return f"{self.days} {self.time}"


def new_form(request: Request, db: Session) -> Form:
    """Weekly on Monday at nine by the asker's clock and in their language, everything.

    No channel stands there yet: Slack lets nobody empty a menu again.
    """
    actor = request.actor
    asker = by_ids(db, [actor.user_id]).get(actor.user_id, Person(actor.user_id))
    zone = zone_of(asker, request.company).key
    return Form(None, ALL, None, USUAL_DAYS, USUAL_TIME, zone, actor.locale, choices=books_of(db))


def form_of(schedule: Schedule, db: Session) -> Form:
    """A digest as it is."""
    days, _, time = schedule.rule.rpartition(" ")
    return Form(
        schedule.id,
        EACH if each_csm(schedule) else schedule.book or ALL,
        None if is_person(schedule.destination) else schedule.destination,
        form_days(days),
        time,
        schedule.zone,
        schedule.language,
        choices=books_of(db),
    )


def filled(form: Form, state: Mapping[str, str | tuple[str, ...] | None]) -> Form:
    """The form with what has been entered, as it stands."""

    def entered(block_id: str, otherwise: str) -> str:
        return str(state.get(block_id) or otherwise)

    return Form(
        form.schedule_id,
        entered(BOOK, form.book),
        str(state[WHERE]) if state.get(WHERE) else None,
        entered(DAYS, form.days),
        entered(TIME, form.time),
        entered(ZONE, form.zone),
        entered(LANGUAGE, form.language),
        choices=form.choices,
    )


def known_schedule(db: Session, schedule_id: int) -> Schedule:
    """A digest that is set up; UserError if it is gone."""
    schedule = by_id(db, schedule_id)
    if schedule is None or schedule.job != JOB:
        raise UserError(Sentence("This digest is no longer there."))
    return schedule


def to_change(request: Request, db: Session, schedule_id: int) -> Schedule:
    """A digest that the asker may change; UserError otherwise."""
    schedule = known_schedule(db, schedule_id)
    if not may_change(schedule, request.actor, request.company):
        raise NotAllowed(Sentence("Only who set this digest up, or an admin, may change it."))
    return schedule


def save(request: Request, db: Session, form: Form) -> Schedule | Invalid:
    """Keep the digest that the form describes; what is wrong with it, by block, instead."""
    before = None if form.schedule_id is None else to_change(request, db, form.schedule_id)
    errors: dict[str, str] = {}
    try:
        zone = zone_named(form.zone)
    except NotUnderstood as error:
        zone, errors[ZONE] = request.company.zone.key, request.t(error.sentence)
    try:
        rule = str(timetable_of(form.rule))
    except BadTimetable:
        rule, errors[TIME] = f"{USUAL_DAYS} {USUAL_TIME}", request.t("This is no time of day such as 09:00.")
    if (wrong := _wrong_place(request, form)) is not None:
        errors[WHERE] = request.t(wrong)
    owner = request.actor.user_id if before is None else before.owner
    schedule = planned(
        Schedule(
            id=0 if before is None else before.id,
            job=JOB,
            destination=form.where or owner,
            owner=owner,
            book="" if form.book in {ALL, EACH} else form.book,
            rule=rule,
            zone=ZoneInfo(zone).key,
            language=form.language,
            options={EACH_CSM: True} if form.book == EACH else {},
            paused=before is not None and before.paused,
            next_slot=request.now.replace(tzinfo=None),
            next_at=request.now,
            created_at=request.now if before is None else before.created_at,
        ),
        request.now,
    )
    if not errors and _there_already(db, schedule):
        errors[WHERE] = request.t("The same digest comes here at the same time already.")
    if errors:
        return Invalid(errors)
    if before is None:
        return schedule._replace(id=add(db, schedule))
    change(db, schedule)
    return schedule


def _wrong_place(request: Request, form: Form) -> Sentence | None:
    """Why a digest cannot go there."""
    if form.where is None:
        return None
    if form.book == EACH:
        return Sentence("Each CSM gets it by direct message: leave the channel empty.")
    return wrong_channel(request, form.where)


def _there_already(db: Session, new: Schedule) -> bool:
    what = (new.destination, new.book, new.rule, new.zone, new.options)
    return any(
        (one.destination, one.book, one.rule, one.zone, one.options) == what for one in digests(db) if one.id != new.id
    )


def form_days(days: str) -> str:
    """The days as the form's menu offers them: a schedule keeps each by its name."""
    return DAILY if days == "mon,tue,wed,thu,fri" else days


def book_value(book: BookFilter) -> str:
    """What the line of a menu for a book carries."""
    return render_book(book) or ALL
