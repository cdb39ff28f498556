"""/compare <a> [vs] <b>: two periods, segments, CSMs, plans or accounts side by side."""

from dataclasses import replace
from typing import Final

from commands.core.button_values import unpacked
from commands.core.compare_question import compare, narrowed_to
from commands.core.filters import choices_of
from commands.core.reply import Document, Modal, Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import Action, Command
from commands.core.surroundings import Surroundings, alone, shared
from commands.ui.cards.compare_card import compare_card
from commands.ui.cards.compare_explain import compare_document, compare_explanation
from metrics.types import msg
from storage.session import Session

ID: Final = "compare"


def show(request: Request, db: Session) -> Reply:
    """The two sides that were typed."""
    return _card(request, db, request.text, alone(request))


def narrow(request: Request, db: Session) -> Reply:
    """Both sides for what was chosen in a menu, in the place of the card that the menu stands in."""
    text = narrowed_to(request, db, unpacked(request.block_id).text, request.text)
    return replace(_card(request, db, text, alone(request)), replace=True)


def share(request: Request, db: Session) -> Reply:
    """The same question asked afresh, for everybody in the channel."""
    return _card(request, db, unpacked(request.text).text, shared(request))


def explain(request: Request, db: Session) -> Modal:
    """How each figure is computed, in the numbers of either side."""
    return compare_explanation(compare(request, db, unpacked(request.text).text), request.t)


def export(request: Request, db: Session) -> Document:
    """The figures of both sides as a file."""
    return compare_document(compare(request, db, unpacked(request.text).text), request.t)


def _card(request: Request, db: Session, text: str, around: Surroundings) -> Reply:
    """The card with its menus."""
    around = replace(around, choices=choices_of(request, db))
    return compare_card(compare(request, db, text), around, request.t)


COMMAND = Command(
    id=ID,
    usage=msg("[period, segment, csm:name, plan:name or account] vs [another]"),
    summary=msg("Two periods, segments, CSMs, plans or accounts side by side"),
    run=show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "2026-Q2 2026-Q3", "enterprise vs smb", "csm:ana vs csm:bob 12m"),
    own_name=False,
    actions=(
        Action(f"{ID}.filter", narrow, Role.MEMBER, Place.INTERNAL),
        Action(f"{ID}.explain", explain, Role.MEMBER, Place.INTERNAL, opens_modal=True),
        Action(f"{ID}.csv", export, Role.MEMBER, Place.INTERNAL),
        Action(f"{ID}.share", share, Role.MEMBER, Place.INTERNAL, once=True),
    ),
)
