"""What a respondent can do with a question: answer it, add words, change the answer, want no more questions.

A button's value is opaque: its token is looked up, its answer held against the kind's declaration, and whoever pressed
must be the person who was asked or, in a shared channel, somebody of the customer's side. Nothing else is ever told
to them: what comes back is their own answer, or why it was not taken.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Final

from commands.core.reply import Invalid
from commands.core.request import Request, Role
from commands.core.survey_buttons import pressed_of
from metrics.surveying import Survey
from storage.queries import survey_answers as kept
from storage.queries.survey_answers import Asked, Given
from storage.queries.survey_optouts import opt_in, opt_out
from storage.session import Session

ANSWER_INPUT: Final = "survey_answer"
COMMENT_INPUT: Final = "survey_comment"
"""Ids of the modals' inputs; frozen."""
ANONYMOUS_CHANGE: Final = timedelta(days=1)
"""Of an anonymous answer only the day is known: it may be changed on that day and the next."""


class Why(Enum):
    """Why something was not taken."""

    GONE = auto()
    """No such question."""
    NOT_YOURS = auto()
    """Somebody else was asked."""
    COLLEAGUE = auto()
    """The customer's people were asked."""
    UNKNOWN_PERSON = auto()
    """Slack did not say who it is."""
    EXPIRED = auto()
    WITHDRAWN = auto()
    DECLINED = auto()
    """They wanted no question."""
    TOO_LATE = auto()
    """They have answered, and it cannot be changed any more."""
    UNANSWERED = auto()
    """There is no answer to change or to add words to."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It was not taken."""

    why: Why
    asked: Asked | None = None
    """None where whoever pressed is not to know anything of it."""
    given: Given | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What the person's answer is now."""

    asked: Asked
    given: Given
    changeable: bool
    before: Given | None = None
    """What it was."""
    reminder: bool = False
    """The button stood in the reminder."""


@dataclass(frozen=True, slots=True)
class Declined:
    """The person is asked nothing any more, or (`again`) may be asked after all."""

    asked: Asked
    reminder: bool = False
    again: bool = False


def answer(request: Request, db: Session) -> Taken | Refused:
    """Keep the answer that was tapped; the same tap again leaves it as it is."""
    pressed = pressed_of(request.text)
    asked = _asked(request, db, pressed.token)
    if isinstance(asked, Refused):
        return asked
    value = value_in(asked.survey, pressed.answer)
    before = kept.given(db, asked, request.actor.user_id)
    why = _why_not(request, asked, before)
    if value is None or why is not None:
        return Refused(why or Why.GONE, asked, before)
    return _keep(request, db, asked, value, before, reminder=pressed.reminder)


def own_answer(request: Request, db: Session) -> Taken | Refused:
    """The person's answer, if they may still change it or add words; nothing is written."""
    return _own(request, db, lock=False)


def _own(request: Request, db: Session, *, lock: bool) -> Taken | Refused:
    asked = _asked(request, db, pressed_of(request.text).token, lock=lock)
    if isinstance(asked, Refused):
        return asked
    before = kept.given(db, asked, request.actor.user_id)
    if before is None:
        return Refused(Why.EXPIRED if asked.state == "answered" else Why.UNANSWERED, asked)
    why = _why_not(request, asked, before)
    return Taken(asked, before, changeable=True, before=before) if why is None else Refused(why, asked, before)


def comment(request: Request, db: Session) -> Taken | Refused | Invalid:
    """Keep the words that were entered beside the answer; none takes them away."""
    own = _own(request, db, lock=True)
    if isinstance(own, Refused):
        return own
    words = _words(request)
    if isinstance(words, Invalid):
        return words
    return _comment(request, db, own, words)


def change(request: Request, db: Session) -> Taken | Refused | Invalid:
    """Keep the answer and the words as they were entered."""
    own = _own(request, db, lock=True)
    if isinstance(own, Refused):
        return own
    entered = request.state.get(ANSWER_INPUT)
    value = value_in(own.asked.survey, entered if isinstance(entered, str) else "")
    if value is None:
        return Invalid({ANSWER_INPUT: request.t("Choose one of these, please.")})
    words = _words(request)
    if isinstance(words, Invalid):
        return words
    changed = _keep(request, db, own.asked, value, own.before)
    return _comment(request, db, changed, words)


def decline(request: Request, db: Session) -> Declined | Refused:
    """Ask the person nothing any more, this question included."""
    pressed = pressed_of(request.text)
    asked = _asked(request, db, pressed.token)
    if isinstance(asked, Refused):
        return asked
    opt_out(db, request.actor.user_id, asked.contact_id, now=request.now)
    if not asked.shared:
        kept.decline(db, asked, now=request.now)
    return Declined(asked, pressed.reminder)


def ask_again(request: Request, db: Session) -> Declined | Refused:
    """The person may be asked after all: this question waits again, if it is not over."""
    pressed = pressed_of(request.text)
    asked = _asked(request, db, pressed.token)
    if isinstance(asked, Refused):
        return asked
    opt_in(db, request.actor.user_id)
    if asked.state == "declined":
        kept.take_back_declined(db, asked)
        asked = asked._replace(state="sent")
    before = kept.given(db, asked, request.actor.user_id)
    why = _why_not(request, asked, before)
    if before is not None or why is not None:
        return Refused(why or Why.TOO_LATE, asked, before)
    return Declined(asked, pressed.reminder, again=True)


def value_in(survey: Survey, text: str) -> int | str | None:
    """The score or the option's id that a text means; None if it is none of the kind's."""
    if survey.scale is None:
        return text if survey.option(text) is not None else None
    is_score = text.isascii() and text.isdecimal() and len(text) <= 3
    return int(text) if is_score and survey.takes(int(text)) else None


def language_of(request: Request, asked: Asked) -> str:
    """A person is spoken to as they were asked; somebody in a channel in their own language, where Slack tells it."""
    return request.actor.locale if asked.shared and request.actor.locale_known else asked.language


def _asked(request: Request, db: Session, token: str, *, lock: bool = True) -> Asked | Refused:
    """The question, if whoever pressed may answer it."""
    asked = kept.asked_of(db, token, lock=lock)
    if asked is None:
        return Refused(Why.GONE)
    why = _foreign(request, db, asked)
    return asked if why is None else Refused(why)


def _foreign(request: Request, db: Session, asked: Asked) -> Why | None:
    """Why the person is none of those who were asked; None: they are one."""
    actor = request.actor
    if not asked.shared:
        return None if actor.user_id == asked.destination else Why.NOT_YOURS
    if actor.role >= Role.MEMBER:
        return Why.COLLEAGUE
    if actor.role is Role.GUEST:
        return None if kept.is_contact(db, asked.account_id, actor.user_id) else Why.NOT_YOURS
    if not actor.team_id:
        return Why.UNKNOWN_PERSON
    return Why.NOT_YOURS if kept.is_of_others(db, asked.account_id, actor.user_id, actor.team_id) else None


def _why_not(request: Request, asked: Asked, before: Given | None) -> Why | None:
    """Why the person's answer cannot be given, or changed, at this moment; None: it can."""
    if asked.state == "withdrawn":
        return Why.WITHDRAWN
    if asked.state == "declined":
        return Why.DECLINED
    forgotten = asked.anonymous and asked.secret is None
    if before is not None:
        return None if _changeable(request, before) and not forgotten else Why.TOO_LATE
    over = asked.state == "expired" or (asked.expires_at is not None and asked.expires_at <= request.now)
    return Why.EXPIRED if over or forgotten else None


def _changeable(request: Request, given: Given) -> bool:
    if given.since is None:
        return given.day + ANONYMOUS_CHANGE >= request.today
    return request.now < given.since + request.company.surveys.change_within


def _keep(
    request: Request, db: Session, asked: Asked, value: int | str, before: Given | None, *, reminder: bool = False
) -> Taken:
    now, person = request.now, request.actor
    language = language_of(request, asked)
    given = kept.answer(db, asked, person.user_id, value, language=language, today=request.today, now=now)
    return Taken(asked, given, changeable=True, before=before, reminder=reminder)


def _comment(request: Request, db: Session, own: Taken, words: str | None) -> Taken | Refused:
    given = kept.comment(db, own.asked, request.actor.user_id, words, now=request.now)
    if given is None:
        return Refused(Why.UNANSWERED, own.asked)
    return Taken(own.asked, given, changeable=True, before=own.before)


def _words(request: Request) -> str | Invalid | None:
    entered = request.state.get(COMMENT_INPUT)
    words = entered.strip() if isinstance(entered, str) else ""
    if len(words) > kept.COMMENT_MOST:
        return Invalid({COMMENT_INPUT: request.t("At most {count} characters, please.", count=kept.COMMENT_MOST)})
    return words or None
