"""Digest: what happened to a book of accounts and who needs a call, regularly, in a channel or to a person."""

from collections.abc import Mapping
from typing import Any

from bot.jobs import Job, JobContext, Occurrence, Ran, last_occurrences, spread
from commands.core.digest_plan import JOB as ID
from commands.core.digest_plan import Reader, readers_of
from commands.core.digest_question import Digest, digest, kept
from commands.core.errors import NotUnderstood, UserError
from commands.core.posted import written
from commands.core.preferences import preferences_of
from commands.core.rates import rates_needed
from commands.core.reply import Reply
from commands.ui.digest_posting import Sending, post
from commands.ui.text import translator
from metrics.stretches import stretch_of
from metrics.timetable import LATE_AFTER, instant_of, timetable_of
from metrics.types import Sentence, Value
from storage.queries.outbox import Draft, put
from storage.queries.schedules import ahead_of
from storage.session import reading, transaction


def run(job: JobContext) -> Ran:
    """One occurrence of a schedule; by hand the latest one of every digest, which is posted unless it has been."""
    if job.occurrence is not None:
        return _occur(job, job.occurrence)
    with reading(job.engine) as db:
        waiting = last_occurrences(db, ID, job.now)
    return Ran("; ".join(_occur(job, one).said for one in waiting) or "no digests are set up")


def _occur(job: JobContext, occurrence: Occurrence) -> Ran:
    """Compose what everybody gets, then put all of it into the outbox at once."""
    try:
        with rates_needed():
            composed, unknown = _compose(job, occurrence)
    except UserError as error:
        return _complain(job, occurrence, error)
    with transaction(job.engine) as db:
        for turn, (reader, one) in enumerate(composed, ahead_of(db, occurrence.schedule)):
            post(db, one, _sending(job, occurrence, reader, turn), now=job.now)
    told = {reader.name: kept(one) for reader, one in composed}
    missing = f", {unknown} CSMs are not known to Slack" if unknown else ""
    return Ran(f"{len(composed)} digests for schedule {occurrence.schedule.id}{missing}", {"told": told})


def _compose(job: JobContext, occurrence: Occurrence) -> tuple[list[tuple[Reader, Digest]], int]:
    """The digest of each reader, and how many CSMs nobody knows.

    NotUnderstood where the book is gone, MissingRate where a rate is needed.
    """
    schedule, company = occurrence.schedule, job.company
    stretch = stretch_of(timetable_of(schedule.rule), occurrence.slot.date())
    before: Mapping[str, Any] = (occurrence.before or {}).get("told", {})
    with reading(job.engine) as db:
        found = readers_of(db, schedule, job.now.astimezone(company.zone).date())
        composed = [
            (
                reader,
                digest(
                    db, company=company, book=reader.book, stretch=stretch, now=job.now, before=before.get(reader.name)
                ),
            )
            for reader in found.readers
        ]
    return composed, found.unknown


def _sending(job: JobContext, occurrence: Occurrence, reader: Reader, turn: int) -> Sending:
    """At the slot on the reader's own clock, or at once where that has passed; one after the other.

    Where it has passed long ago it may be night: then a CSM gets it in the morning.
    """
    slot = occurrence.slot
    moment = max(job.now, instant_of(slot, reader.zone))
    if reader.person is not None and moment - instant_of(slot, reader.zone) > LATE_AFTER:
        moment = preferences_of(reader.person).quiet(job.company).next_moment(moment, reader.zone)
    due_at = moment + spread(turn)
    return Sending(
        purpose=ID,
        occurrence=occurrence.key,
        destination=reader.destination,
        language=reader.language,
        due_at=due_at,
        expires_at=due_at + timetable_of(occurrence.schedule.rule).window,
        owner=occurrence.schedule.owner,
        late_since=slot if occurrence.late else None,
    )


def _complain(job: JobContext, occurrence: Occurrence, error: UserError) -> Ran:
    """Tell the owner, once, that what the digest was about is there no more; of other reasons each time."""
    schedule = occurrence.schedule
    said = Sentence(
        "The digest of {book} cannot be made any more. {reason} Mend or remove it with `/latido digests`.",
        {"book": schedule.book, "reason": error.sentence},
    )
    which = f"{schedule.id} {schedule.book}"
    if not isinstance(error, NotUnderstood):
        day: dict[str, Value] = {"day": occurrence.slot.date(), "reason": error.sentence}
        said, which = Sentence("The digest that was due on {day} could not be made. {reason}", day), occurrence.key
    draft = Draft(
        purpose=f"{ID}-trouble",
        occurrence=which[:200],
        destination=schedule.owner,
        content=written(Reply(translator(schedule.language)(said))),
        due_at=job.now,
    )
    with transaction(job.engine) as db:
        put(db, draft, now=job.now)
    return Ran(f"schedule {schedule.id}: {error}")


JOB = Job(id=ID, summary="Post the digests that are due", run=run)
