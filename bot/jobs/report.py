"""Report: the monthly report where somebody wants it regularly, with its pages as a PDF in its thread."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.drawing import drawn_apart
from bot.jobs import Job, JobContext, Occurrence, last_occurrences, spread
from commands.core.arguments import Arguments, Asking, Known, parse_book
from commands.core.errors import UserError
from commands.core.posted import written
from commands.core.reply import Document, Paper, Reply
from commands.core.report_question import report
from commands.core.report_schedule import JOB as ID
from commands.core.request import Audience
from commands.core.surroundings import Surroundings
from commands.ui.cards.report import late_note, report_card
from commands.ui.cards.report_paper import report_document
from commands.ui.text import translator
from metrics.periods import last_full_month
from metrics.types import BookFilter
from storage.queries.accounts import csm_emails, segments
from storage.queries.books import plans
from storage.queries.outbox import Draft, File, put
from storage.queries.schedules import ahead_of
from storage.session import Session, reading, transaction

PURPOSE = "report"
WORTH_HAVING = timedelta(days=7)
"""How long after its moment a report is still sent."""


@dataclass(frozen=True, slots=True)
class Reports:
    """The job, with what makes a file of its pages."""

    pages: Callable[[Paper], bytes | None] = drawn_apart

    def run(self, job: JobContext) -> str:
        """One occurrence of a schedule; by hand the latest of each, which is posted unless it has been."""
        if job.occurrence is not None:
            return self._occur(job, job.occurrence)
        with reading(job.engine) as db:
            waiting = last_occurrences(db, ID, job.now)
        said = [self._occur(job, one) for one in waiting]
        return "; ".join(said) or "no report is set up: use the button under /report"

    def _occur(self, job: JobContext, occurrence: Occurrence) -> str:
        """Compose the report of the month before the occurrence; put card and pages into the outbox together."""
        try:
            with reading(job.engine) as db:
                card, document = _composed(db, job, occurrence)
        except UserError as error:
            with transaction(job.engine) as db:
                _post(db, job, occurrence, Reply(translator(occurrence.schedule.language)(error.sentence)))
            return f"no report, and why not is said instead: {translator('en')(error.sentence)}"
        content = None if document.paper is None else self.pages(document.paper)
        with transaction(job.engine) as db:
            posted = _post(db, job, occurrence, card)
            if content is not None:
                _post_pages(db, posted, job, occurrence, replace(document, content=content))
        return f"{document.filename}: {'card and PDF' if content else 'card without a PDF'} put into the outbox"


def _composed(db: Session, job: JobContext, occurrence: Occurrence) -> tuple[Reply, Document]:
    schedule, slot = occurrence.schedule, occurrence.slot
    t = translator(schedule.language)
    asked = Arguments(last_full_month(slot.date()), _book(db, job, schedule.book, schedule.language))
    today = job.now.astimezone(job.company.zone).date()
    answer = report(db, asked, company=job.company, today=today)
    where = Surroundings(Audience(schedule.destination, external=False))
    card = report_card(answer, where, t, scheduled=True)
    if occurrence.late:
        card = late_note(card, slot.replace(tzinfo=ZoneInfo(schedule.zone)), t)
    return card, report_document(answer, t, job.company.name)


def _book(db: Session, job: JobContext, text: str, locale: str) -> BookFilter:
    """The accounts that the schedule names; UserError where there is no such segment or CSM any more."""
    known = Known(segments(db), csm_emails(db), None, plans(db))
    today = job.now.astimezone(job.company.zone).date()
    return parse_book(text, Asking("/report", today, locale, known)) or BookFilter()


def _post(db: Session, job: JobContext, occurrence: Occurrence, card: Reply) -> int:
    return put(db, _draft(db, job, occurrence, card), now=job.now)


def _post_pages(db: Session, posted: int, job: JobContext, occurrence: Occurrence, document: Document) -> None:
    draft = _draft(db, job, occurrence, Reply(document.text))
    file = File(document.filename, document.content)
    put(db, draft._replace(purpose=f"{PURPOSE}.pdf", file=file, thread_of=posted), now=job.now)


def _draft(db: Session, job: JobContext, occurrence: Occurrence, reply: Reply) -> Draft:
    return Draft(
        PURPOSE,
        occurrence.key,
        occurrence.schedule.destination,
        written(reply),
        due_at=job.now + spread(ahead_of(db, occurrence.schedule)),
        expires_at=job.now + WORTH_HAVING,
        owner=occurrence.schedule.owner,
    )


JOB = Job(ID, "Post the monthly report with its PDF where somebody wants it", Reports().run)
