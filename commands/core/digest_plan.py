"""Who gets a digest, of which book, in which language: what a schedule of the job `digest` means."""

from datetime import date, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from commands.core.arguments import Asking, parse_book, render_book
from commands.core.book_words import Known
from commands.core.preferences import preferences_of, zone_named
from commands.core.request import Actor, Company, Role
from metrics.stretches import Rhythm, rhythm_of
from metrics.timetable import first_slot, instant_of, timetable_of
from metrics.types import BookFilter
from storage.queries.accounts import csm_emails, segments
from storage.queries.books import plans
from storage.queries.people_known import Person, people_of
from storage.queries.schedules import Schedule, all_schedules
from storage.session import Session

JOB: Final = "digest"
EACH_CSM: Final = "each_csm"
"""The option of a schedule that goes to every CSM, of their own book, by direct message: whoever joins is in it."""


class Reader(NamedTuple):
    """Somebody, or a channel, who gets a digest, and of what."""

    destination: str
    book: BookFilter
    language: str
    zone: ZoneInfo
    person: Person | None = None
    """Who gets it because they are a CSM; None: it goes where somebody has sent it."""

    @property
    def name(self) -> str:
        """What tells their digest from the others' of a schedule."""
        return render_book(self.book)


class Readers(NamedTuple):
    """Everybody who gets one, and how many CSMs do not because Slack knows nobody of their address."""

    readers: tuple[Reader, ...]
    unknown: int = 0


def is_person(destination: str) -> bool:
    """Whether it goes to a person, by direct message, rather than into a channel."""
    return destination.startswith(("U", "W"))


def each_csm(schedule: Schedule) -> bool:
    """Whether it goes to every CSM."""
    return bool(schedule.options.get(EACH_CSM))


def rhythm(schedule: Schedule) -> Rhythm:
    """How often it comes."""
    return rhythm_of(timetable_of(schedule.rule))


def digests(db: Session) -> list[Schedule]:
    """The digests that are set up, in the order in which they were made."""
    return [one for one in all_schedules(db) if one.job == JOB]


def may_change(schedule: Schedule, actor: Actor, company: Company) -> bool:
    """Whether somebody may change a digest: who set it up, and admins."""
    return actor.user_id in (schedule.owner, *company.admins) or actor.role >= Role.ADMIN


def planned(schedule: Schedule, now: datetime) -> Schedule:
    """The schedule with its next moment, the first one after `now`."""
    zone = ZoneInfo(schedule.zone)
    slot = first_slot(timetable_of(schedule.rule), now, zone)
    return schedule._replace(next_slot=slot, next_at=instant_of(slot, zone))


def book_of(db: Session, text: str, today: date) -> BookFilter:
    """The book that a schedule keeps; the whole company for an empty text.

    NotUnderstood where its segment, CSM or plan is gone.
    """
    known = Known(segments(db), csm_emails(db), plans=plans(db))
    return parse_book(text, Asking("", today, "en", known)) or BookFilter()


def readers_of(db: Session, schedule: Schedule, today: date) -> Readers:
    """Who gets it; NotUnderstood where its book is gone."""
    zone = ZoneInfo(schedule.zone)
    if not each_csm(schedule):
        book = book_of(db, schedule.book, today)
        return Readers((Reader(schedule.destination, book, schedule.language, zone),))
    emails = {email.lower(): email for email in reversed(csm_emails(db)) if email.strip()}
    people = people_of(db, emails)
    readers = (
        Reader(
            person.user_id,
            BookFilter(csm_email=emails[email]),
            person.language,
            zone_named(preferences_of(person).zone) or zone_named(person.zone) or zone,
            person,
        )
        for email, person in sorted(people.items())
    )
    return Readers(tuple(readers), len(emails) - len(people))
