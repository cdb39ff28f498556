"""What a digest that is set up is called: whose accounts, how often, where to."""

from typing import Final

from commands.core.digest_form import DAILY, MONTHLY, form_days
from commands.core.digest_plan import each_csm, is_person
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.blocks import place
from commands.ui.cards.words import book_name
from metrics.timetable import WEEKDAYS
from metrics.types import BookFilter, Sentence, Value, msg
from storage.queries.schedules import Schedule

DAYS: Final = {
    DAILY: msg("Every working day, Monday to Friday"),
    **dict(
        zip(
            WEEKDAYS,
            (
                msg("Every week on Monday"),
                msg("Every week on Tuesday"),
                msg("Every week on Wednesday"),
                msg("Every week on Thursday"),
                msg("Every week on Friday"),
                msg("Every week on Saturday"),
                msg("Every week on Sunday"),
            ),
            strict=True,
        )
    ),
    MONTHLY: msg("Every month on the first day"),
}
"""By the days of a rule, as the form offers them."""
LANGUAGES: Final = {"en": "English", "es": "Español", "ru": "Русский"}


def whose(schedule: Schedule, book: BookFilter | None) -> Sentence:
    """Whose accounts it is about; `book` None: its segment or CSM is there no more, or there is one for each CSM."""
    if each_csm(schedule):
        return Sentence("Digests of each CSM's own accounts")
    if book is None:
        return Sentence("Digest of {book}, which is no longer there", {"book": schedule.book})
    return Sentence("Digest of {accounts}", {"accounts": book_name(book)})


def how_often(schedule: Schedule) -> Sentence:
    """On which days and when."""
    days, _, time = schedule.rule.rpartition(" ")
    named = DAYS.get(form_days(days))
    said: Value = days if named is None else Sentence(named)
    return Sentence("{days} at {time} ({zone})", {"days": said, "time": time, "zone": schedule.zone})


def where_to(schedule: Schedule) -> Sentence:
    """Where it goes, as mrkdwn."""
    if each_csm(schedule):
        return Sentence("by direct message")
    if is_person(schedule.destination):
        return Sentence("by direct message to {person}", {"person": place(schedule.destination)})
    return Sentence("in {channel}", {"channel": place(schedule.destination)})


def when_next(schedule: Schedule, t: Translator) -> Sentence:
    """When it comes next, or that it does not."""
    if schedule.paused:
        return Sentence("⏸ paused")
    return Sentence("next on {moment}", {"moment": formats.moment(schedule.next_slot, t.locale)})
