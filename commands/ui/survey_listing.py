"""/survey lists: people put together to ask them."""

from dataclasses import replace
from typing import Final

from commands.core.button_values import unpacked
from commands.core.errors import UserError
from commands.core.reply import Invalid, Modal, Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import Action, Handler, View
from commands.core.survey_form import form_of, new_draft
from commands.core.survey_lists import keep
from commands.ui.cards.survey_form import survey_form
from commands.ui.cards.survey_lists import (
    ASK_LIST,
    EDIT_LIST,
    NEW_LIST,
    REMOVE_LIST,
    SAVE_LIST,
    SHOW_LIST,
    list_form,
    list_modal,
    lists_card,
)
from commands.ui.cards.survey_waves import LISTS
from metrics.asking import Audience, To
from metrics.types import Sentence
from storage.queries.contact_search import people_by_ids
from storage.queries.saved_lists import SavedList, by_id, contacts_on, saved_lists
from storage.queries.saved_lists import remove as remove_list
from storage.session import Session

GONE: Final = Sentence("This list is no longer there.")


def show_lists(request: Request, db: Session) -> Reply:
    """All lists; another page takes the place of the one before."""
    if not request.text.startswith("1 "):
        return lists_card(saved_lists(db), 0, request.t)
    pressed = unpacked(request.text)
    return lists_card(saved_lists(db), pressed.page, request.t, replace=bool(pressed.text))


def show_list(request: Request, db: Session) -> Modal:
    """One list with its people."""
    one = _known(request, db)
    return _opened(request, db, one, unpacked(request.text).page)


def ask_new(request: Request, _db: Session) -> Modal:
    """The form for a new list."""
    return list_form(None, request.t)


def ask_change(request: Request, db: Session) -> Modal:
    """The form to change one."""
    return list_form(_known(request, db), request.t)


def save(request: Request, db: Session) -> Modal | Invalid:
    """Keep what the form says."""
    known = _known(request, db) if unpacked(request.text).text else None
    kept = keep(request, db, known)
    if isinstance(kept, Invalid):
        return kept
    return _opened(request, db, by_id(db, kept) or _gone(), 0)


def remove(request: Request, db: Session) -> Reply:
    """It is gone."""
    one = _known(request, db)
    remove_list(db, one.id)
    return Reply(request.t("✓ The list “{list}” is removed.", list=one.name))


def ask_them(request: Request, db: Session) -> Modal:
    """The form for a survey to the people on a list."""
    one = _known(request, db)
    draft = replace(new_draft(), audience=Audience(To.LIST, str(one.id)))
    return survey_form(form_of(draft, db), request.t)


def _opened(request: Request, db: Session, one: SavedList, page: int) -> Modal:
    return list_modal(one, people_by_ids(db, contacts_on(db, one.id)), page, request.t)


def _known(request: Request, db: Session) -> SavedList:
    number, _, _ = unpacked(request.text).text.partition(" ")
    found = by_id(db, int(number)) if number.isdecimal() and len(number) < 18 else None
    return found or _gone()


def _gone() -> SavedList:
    raise UserError(GONE)


def _action(name: str, run: Handler, *, opens_modal: bool = False, once: bool = False) -> Action:
    return Action(name, run, Role.MEMBER, Place.INTERNAL, opens_modal=opens_modal, once=once)


LISTING: Final = (
    _action(LISTS, show_lists),
    _action(SHOW_LIST, show_list, opens_modal=True),
    _action(NEW_LIST, ask_new, opens_modal=True),
    _action(EDIT_LIST, ask_change, opens_modal=True),
    _action(REMOVE_LIST, remove, once=True),
    _action(ASK_LIST, ask_them, opens_modal=True),
)
LISTING_VIEWS: Final = (View(SAVE_LIST, save, Role.MEMBER, Place.INTERNAL),)
