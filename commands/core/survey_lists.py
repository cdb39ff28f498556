"""Saved lists of people to ask: what was pasted into the form, read line by line."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from commands.core.reply import Invalid
from commands.core.request import Request
from metrics.types import Sentence, plural
from storage.errors import Conflict
from storage.queries.accounts import search
from storage.queries.contact_search import find_contacts, points_at
from storage.queries.saved_lists import SavedList, contacts_called, contacts_on, save
from storage.session import Session

NAME: Final = "survey_list_name"
ADD: Final = "survey_list_add"
TAKE_OFF: Final = "survey_list_off"
TOLD_MOST: Final = 5
"""Lines with a mistake that are told of at once."""
LINE_MOST: Final = 60


class Read(NamedTuple):
    """What some lines mean."""

    contact_ids: frozenset[int]
    wrong: tuple[Sentence, ...]
    """Line by line, what was not understood."""


def read_lines(db: Session, text: str) -> Read:
    """The contacts that are pasted: addresses, contact ids, names; of an account its points of contact.

    Lines may hold several addresses with commas or semicolons between them, as a mail program copies them.
    """
    lines = [
        (number, part)
        for number, one in enumerate(text.splitlines(), start=1)
        for part in (piece.strip().strip("<>") for piece in one.replace(";", ",").split(","))
        if part
    ]
    known = contacts_called(db, {part for _, part in lines})
    found: set[int] = set()
    wrong: list[Sentence] = []
    for number, part in lines:
        meant = known.get(part) or _meant(db, part)
        if isinstance(meant, Sentence):
            said = Sentence("Line {number}: {what}", {"number": number, "what": meant})
            wrong.append(said)
        else:
            found.update(meant)
    return Read(frozenset(found), tuple(wrong))


def keep(request: Request, db: Session, known: SavedList | None) -> int | Invalid:
    """Keep the list as the form says, a new one or `known` changed: its id, or what is wrong by block."""
    state, t = request.state, request.t
    name = str(state.get(NAME) or "").strip()[:100]
    if not name:
        return Invalid({NAME: t("Give the list a name, please.")})
    added = read_lines(db, str(state.get(ADD) or ""))
    off = read_lines(db, str(state.get(TAKE_OFF) or ""))
    errors = {block: _told(request, read.wrong) for block, read in ((ADD, added), (TAKE_OFF, off)) if read.wrong}
    before = set() if known is None else set(contacts_on(db, known.id))
    after = (before | added.contact_ids) - off.contact_ids
    if not after and not errors:
        errors[ADD] = t("Name at least one person or account.")
    if errors:
        return Invalid(errors)
    owner = request.actor.user_id if known is None else known.owner
    try:
        return save(db, name, owner, after, now=request.now, list_id=None if known is None else known.id)
    except Conflict:
        return Invalid({NAME: t("There is a list of this name already.")})


def _meant(db: Session, part: str) -> Sequence[int] | Sentence:
    """Whom a name means: one person, or an account's points of contact."""
    shown = part[:LINE_MOST]
    if "@" in part:
        return Sentence("no contact has the address {address}", {"address": shown})
    account = search(db, part)
    if account.exact and account.hit is not None:
        return _points(db, account.hit.id, account.hit.name)
    person = find_contacts(db, part)
    if person.hit is not None:
        return [person.hit.id]
    if person.candidates:
        return Sentence("several people are called “{name}”: give an address", {"name": shown})
    if account.hit is not None:
        return _points(db, account.hit.id, account.hit.name)
    return Sentence("I know no person and no account called “{name}”", {"name": shown})


def _points(db: Session, account_id: int, name: str) -> Sequence[int] | Sentence:
    found = [one.id for one in points_at(db, account_id)]
    return found or Sentence("{account} has no points of contact", {"account": name})


def _told(request: Request, wrong: Sequence[Sentence]) -> str:
    said = [request.t(one) for one in wrong[:TOLD_MOST]]
    if len(wrong) > TOLD_MOST:
        said.append(request.t(plural("and {count} more", "and {count} more", len(wrong) - TOLD_MOST)))
    return "\n".join(said)
