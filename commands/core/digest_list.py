"""The digests that are set up, as their list tells them."""

from typing import NamedTuple

from commands.core.digest_plan import book_of, digests, each_csm, may_change
from commands.core.errors import UserError
from commands.core.request import Request
from metrics.types import BookFilter
from storage.queries.schedules import Schedule
from storage.session import Session


class Listed(NamedTuple):
    """One digest, and what the asker may do with it."""

    schedule: Schedule
    book: BookFilter | None
    """None: there is one for each CSM, or its segment or CSM is there no more."""
    may_change: bool
    here: bool
    """It goes to the conversation in which it is asked for."""


def listed(request: Request, db: Session) -> tuple[Listed, ...]:
    """All digests: those of this conversation first, then the one that comes next."""
    here = {request.audience.channel_id} | ({request.actor.user_id} if request.audience.direct else set())
    found = (
        Listed(one, _book(request, db, one), may_change(one, request.actor, request.company), one.destination in here)
        for one in digests(db)
    )
    return tuple(sorted(found, key=lambda one: (not one.here, one.schedule.paused, one.schedule.next_at)))


def _book(request: Request, db: Session, schedule: Schedule) -> BookFilter | None:
    if each_csm(schedule):
        return None
    try:
        return book_of(db, schedule.book, request.today)
    except UserError:
        return None
