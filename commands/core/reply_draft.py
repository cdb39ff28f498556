"""A draft of what a CSM may write to somebody who answered a survey: by what was asked, what was said, and their words.

Its paragraphs are in the respondent's language; nobody but the CSM sends them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from commands.core.alert_work import alert_pressed
from commands.core.answers_over import ANSWER, CONTACT, number_of
from commands.core.errors import UserError
from commands.core.request import Request
from metrics.surveying import Mood
from metrics.surveys import all_surveys
from metrics.types import Sentence, msg
from storage.queries.alerts import Alert
from storage.queries.heard import Heard, heard, last_of
from storage.session import Session

_OPENINGS: Final[Mapping[tuple[str, Mood], str]] = {
    ("nps", Mood.LOW): msg(
        "Thank you for telling us so frankly. A {score} of {best} tells me that we are not what you need us to be."
    ),
    ("csat", Mood.LOW): msg("Thank you for your answer. I am sorry that our help was not what you needed."),
    ("ces", Mood.LOW): msg("Thank you for your answer. I am sorry that it was so hard to get it done."),
    ("nps", Mood.HIGH): msg("Thank you for your {score} of {best}. It made our day."),
}
"""What is said first, by kind and by what the answer says; for others by that alone."""
_OPENINGS_OF_ALL: Final[Mapping[Mood, str]] = {
    Mood.LOW: msg("Thank you for your answer. I am sorry that we have disappointed you."),
    Mood.MIDDLE: msg("Thank you for your answer. I would like to know what would make it better for you."),
    Mood.HIGH: msg("Thank you for your answer. It made our day."),
}
_REQUESTS: Final[Mapping[Mood, str]] = {
    Mood.LOW: msg(
        "May I call you this week, for twenty minutes? "
        "I would like to understand what happened, and to tell you what we will do about it."
    ),
    Mood.MIDDLE: msg("Would you have a quarter of an hour this week to tell me more?"),
    Mood.HIGH: msg(
        "Would you tell others, too? A short review, or a word with somebody who is thinking about us, "
        "would help us a lot."
    ),
}


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """A draft, and what it answers."""

    alert: Alert
    answer: Heard
    paragraphs: tuple[Sentence, ...]
    """To be said in the language of whoever answered."""


def drafted(request: Request, db: Session) -> ReplyDraft:
    """The draft for the alert whose button was pressed; UserError where its answer is gone or voided."""
    alert, _ = alert_pressed(request, db)
    answer = answer_of(db, alert)
    if answer is None or answer.voided_at is not None:
        raise UserError(Sentence("This answer is no longer there."))
    return ReplyDraft(alert, answer, paragraphs_for(answer, request.actor.name))


def may_draft(alert: Alert) -> bool:
    """Whether it is about somebody's answer."""
    return number_of(alert.subject, ANSWER) is not None or number_of(alert.subject, CONTACT) is not None


def answer_of(db: Session, alert: Alert) -> Heard | None:
    """The answer that an alert is about, or the latest of the person that it is about; None if there is none."""
    if (number := number_of(alert.subject, ANSWER)) is not None:
        return heard(db, (number,)).get(number)
    person = number_of(alert.subject, CONTACT)
    return None if person is None else last_of(db, person, "nps")


def paragraphs_for(answer: Heard, writer: str) -> tuple[Sentence, ...]:
    """What to write: thanks, their words, a request, and who writes."""
    survey = all_surveys()[answer.kind]
    mood = survey.mood(answer.score)
    best = None if survey.scale is None else survey.scale[1]
    opening = Sentence(_OPENINGS.get((answer.kind, mood), _OPENINGS_OF_ALL[mood]))
    greeting = Sentence("Hello {who},", {"who": answer.who.split()[0]}) if answer.who else Sentence("Hello,")
    words = (Sentence("You wrote: “{comment}”", {"comment": answer.comment}),) if answer.comment else ()
    return (
        greeting,
        opening._replace(values={"score": answer.score, "best": best}),
        *words,
        Sentence(_REQUESTS[mood]),
        Sentence("Best regards,\n{who}", {"who": writer}) if writer else Sentence("Best regards,"),
    )
