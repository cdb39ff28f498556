"""What is typed after /survey and the kind: whom it is for, in the fewest words."""

from typing import Final, NamedTuple

from commands.core.access import Choice, account_for
from commands.core.arguments import Asking, parse_book
from commands.core.book_words import Known
from commands.core.errors import NotUnderstood
from commands.core.request import Request
from commands.core.survey_draft import Draft, stamped
from commands.core.words import SUGGESTION_MOST, folded, short, words_of, written
from metrics.asking import Audience, To
from metrics.surveying import Survey
from metrics.surveys import all_surveys
from metrics.types import Account, Sentence
from storage.queries.accounts import csm_emails, segments
from storage.queries.contact_search import find_contacts
from storage.queries.saved_lists import saved_lists
from storage.session import Session

ALL: Final = frozenset({"all", "everybody", "everyone", "todos", "todas", "все", "всем", "всех"})
SUGGESTIONS: Final = 3


class Short(NamedTuple):
    """A kind, and the rest of what was typed."""

    survey: Survey
    rest: str


def kind_in(text: str) -> Short | None:
    """The kind that the first word names; None if it names none."""
    words = words_of(text)
    if not words:
        return None
    wanted = folded(words[0].bare)
    found = next((one for one in all_surveys().values() if wanted in (one.id, folded(one.title))), None)
    return None if found is None else Short(found, " ".join(word.typed for word in words[1:]))


def draft_typed(request: Request, db: Session, typed: Short) -> Draft:
    """The draft of a short line; NotUnderstood with lines that would have worked."""
    return stamped(Draft(typed.survey.id, _audience(request, db, typed)), request)


def _audience(request: Request, db: Session, typed: Short) -> Audience:
    """The first of these that fits: all, a list's name, a segment or CSM, an account, a person."""
    text = typed.rest
    bare = " ".join(word.bare for word in words_of(text))
    if folded(bare) in ALL:
        return Audience(To.EVERYBODY)
    for one in saved_lists(db):
        if folded(one.name) == folded(bare.removeprefix("list:")):
            return Audience(To.LIST, str(one.id))
    person = find_contacts(db, bare)
    if "@" in bare and person.hit is not None:
        return Audience(To.CONTACT, person.hit.key)
    if (book := _book(request, db, text)) is not None:
        return book
    found = account_for(request, db, bare)
    if not isinstance(found, Choice) and (person.hit is None or _about(found, bare)):
        return Audience(To.POINTS, found.key)
    if person.hit is not None and (not isinstance(found, Choice) or found.near or not found.accounts):
        return Audience(To.CONTACT, person.hit.key)
    accounts = found.accounts if isinstance(found, Choice) else (found,)
    people = person.candidates if person.hit is None else (person.hit,)
    names = [*(one.name for one in accounts), *(one.email or one.key for one in people)]
    raise NotUnderstood(
        Sentence("I know no account, person, segment or list called “{name}”.", {"name": short(bare)}),
        suggestions=_lines(typed.survey, names),
    )


def _about(account: Account, name: str) -> bool:
    """The account is called so, and not only nearly so."""
    return account.key == name or folded(name) in folded(account.name)


def _book(request: Request, db: Session, text: str) -> Audience | None:
    """A segment, or a CSM's accounts; None where it names neither."""
    known = Known(segments(db), csm_emails(db), me=request.actor.email)
    book = parse_book(text, Asking("/survey", request.today, request.t.locale, known))
    if book is not None and book.segment:
        return Audience(To.SEGMENT, book.segment)
    return Audience(To.CSM, book.csm_email) if book is not None and book.csm_email else None


def _lines(survey: Survey, names: list[str]) -> tuple[str, ...]:
    lines = (f"/survey {survey.id} {written(name)}" for name in names)
    return tuple(line for line in lines if len(line) <= SUGGESTION_MOST)[:SUGGESTIONS]
