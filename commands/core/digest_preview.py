"""A digest as it would be at this moment: what a preview shows, and what is sent to try it."""

from commands.core.digest_form import ALL, EACH, USUAL_TIME, Form
from commands.core.digest_plan import EACH_CSM, JOB, book_of, each_csm
from commands.core.digest_question import Digest, digest
from commands.core.errors import UserError
from commands.core.rates import rates_needed
from commands.core.request import Request
from metrics.stretches import Stretch, from_text, stretch_of
from metrics.timetable import timetable_of
from metrics.types import BookFilter, Sentence
from storage.queries.accounts import csm_emails
from storage.queries.schedules import Schedule
from storage.session import Session


def preview(request: Request, db: Session, schedule: Schedule) -> Digest:
    """The digest of a schedule; of one for each CSM the asker's own, or somebody's. UserError where it has no book."""
    book = _own_book(request, db) if each_csm(schedule) else book_of(db, schedule.book, request.today)
    stretch = stretch_of(timetable_of(schedule.rule), request.today)
    with rates_needed():
        return digest(db, company=request.company, book=book, stretch=stretch, now=request.now)


def draft_of(form: Form, request: Request) -> Schedule:
    """The schedule that an unfinished form describes, as far as it goes: only what is told matters."""
    return Schedule(
        id=form.schedule_id or 0,
        job=JOB,
        destination=request.actor.user_id,
        owner=request.actor.user_id,
        book="" if form.book in {ALL, EACH} else form.book,
        rule=f"{form.days} {USUAL_TIME}",
        zone=request.company.zone.key,
        language=form.language,
        options={EACH_CSM: True} if form.book == EACH else {},
        paused=False,
        next_slot=request.now.replace(tzinfo=None),
        next_at=request.now,
        created_at=request.now,
    )


def told_of(text: str) -> Stretch:
    """The days that a digest's button says it tells of; UserError for one that was made up."""
    try:
        return from_text(text)
    except ValueError:
        raise UserError(
            Sentence("This button is from an earlier time and no longer works. Please ask again.")
        ) from None


def _own_book(request: Request, db: Session) -> BookFilter:
    emails = [email for email in csm_emails(db) if email.strip()]
    if not emails:
        raise UserError(Sentence("No account has a CSM yet. They come in with the column csm_email of your accounts."))
    own = (request.actor.email or "").casefold()
    return BookFilter(csm_email=next((email for email in emails if email.casefold() == own), emails[0]))
