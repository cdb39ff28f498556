"""Alerts about answers that are over: the answer was changed or voided, or its author gave a better one."""

from collections.abc import Collection, Mapping
from typing import Final

from metrics.alerting import Key
from metrics.surveying import Mood
from metrics.surveys import all_surveys
from metrics.types import Sentence
from storage.queries.heard import Heard, heard, last_of
from storage.session import Session

ANSWER: Final = "answer "
CONTACT: Final = "contact "
"""With these begin the subjects of alerts about an answer, and about somebody at the account."""


def number_of(subject: str, begins: str) -> int | None:
    """The number in a subject that begins so; None in any other."""
    number = subject.removeprefix(begins)
    return int(number) if subject.startswith(begins) and number.isdecimal() else None


def answers_over(db: Session, unseen: Collection[Key]) -> Mapping[Key, Sentence]:
    """What shows that signals about answers are over, of those that are not seen any more.

    One whose answer stands as it did is left out: it may only be too old by now.
    """
    asked = {key: number for key in unseen if (number := number_of(key[2], ANSWER)) is not None}
    found = heard(db, asked.values()) if asked else {}
    said = ((key, _over(db, found.get(number))) for key, number in asked.items())
    return {key: words for key, words in said if words is not None}


def _over(db: Session, answer: Heard | None) -> Sentence | None:
    if answer is None:
        return Sentence("the answer is no longer there")
    if answer.voided_at is not None:
        return Sentence("the answer was voided")
    if (changed := _better(answer)) is not None:
        return Sentence("they changed their answer to {score} of {best}", changed)
    last = None if answer.contact_id is None else last_of(db, answer.contact_id, answer.kind)
    if last is not None and (better := _better(last)) is not None:
        return Sentence("they have answered {score} of {best} since", better)
    return None


def _better(answer: Heard) -> dict[str, int] | None:
    """What there is to say of an answer that is not low; None where it is."""
    survey = all_surveys().get(answer.kind)
    if survey is None or survey.scale is None or answer.score is None or survey.mood(answer.score) is Mood.LOW:
        return None
    return {"score": answer.score, "best": survey.scale[1]}
