"""The report every month: a schedule for a channel or a person, once for each book of accounts."""

from datetime import datetime
from typing import Final

from commands.core.arguments import render_book
from commands.core.request import Company, Request
from metrics.timetable import first_slot, instant_of, timetable_of
from metrics.types import BookFilter
from storage.queries.schedules import Schedule, add, all_schedules
from storage.session import Session

JOB: Final = "report"
RULE: Final = "day 1 09:00"


def here(request: Request) -> str:
    """Where the report would go: this channel, or in a direct message the person who asks."""
    return request.actor.user_id if request.audience.direct else request.audience.channel_id


def known(db: Session, destination: str, book: BookFilter) -> Schedule | None:
    """The schedule of this report for a destination; None: there is none."""
    text = render_book(book)
    return next(
        (one for one in all_schedules(db) if (one.job, one.destination, one.book) == (JOB, destination, text)), None
    )


def arrange(db: Session, request: Request, book: BookFilter) -> Schedule:
    """Have the report of a book posted here every month from the next one on."""
    company, zone = request.company, request.company.zone
    slot = first_slot(timetable_of(RULE), request.now, zone)
    new = Schedule(
        id=0,
        job=JOB,
        destination=here(request),
        owner=request.actor.user_id,
        book=render_book(book),
        rule=RULE,
        zone=str(zone),
        language=_language(request, company),
        options={},
        paused=False,
        next_slot=slot,
        next_at=instant_of(slot, zone),
        created_at=request.now,
    )
    return new._replace(id=add(db, new))


def next_moment(schedule: Schedule, company: Company) -> datetime:
    """When it comes next, in the company's time zone."""
    return schedule.next_at.astimezone(company.zone)


def _language(request: Request, company: Company) -> str:
    """A channel's is the company's, a person's their own."""
    return request.actor.locale if request.audience.direct else company.language
