"""/atrisk [segment|csm]: the accounts with open risks, worst first, with the MRR at stake and the next step."""

from dataclasses import replace

from commands.core.arguments import Arguments, render_shown
from commands.core.button_values import unpacked
from commands.core.filters import Choices, books_of, changed
from commands.core.reply import Document, Modal, Reply
from commands.core.request import Place, Request, Role
from commands.core.risk_question import risks, risks_asked
from commands.core.spec import Action, Command
from commands.core.surroundings import Surroundings, alone, shared
from commands.ui.cards.atrisk import atrisk_card
from commands.ui.cards.atrisk_explain import atrisk_document, atrisk_explanation
from metrics.periods import month_of
from metrics.types import msg
from storage.queries.rates import currencies
from storage.session import Session

ID = "atrisk"


def show(request: Request, db: Session) -> Reply:
    """Answer what was typed."""
    return atrisk_card(risks(request, db, request.text), 0, _alone(request, db), request.t)


def turn(request: Request, db: Session) -> Reply:
    """Another page, in the place of the one before."""
    pressed = unpacked(request.text)
    return atrisk_card(risks(request, db, pressed.text), pressed.page, _alone(request, db), request.t, replace=True)


def narrow(request: Request, db: Session) -> Reply:
    """The accounts of the segment, CSM or plan, or the currency, that was chosen in a menu, in place of the card."""
    book, currency = risks_asked(request, db, unpacked(request.block_id).text)
    chosen = changed(Arguments(month_of(request.today), book, currency), request.text, request)
    text = render_shown(chosen.book, chosen.currency)
    return atrisk_card(risks(request, db, text), 0, _alone(request, db), request.t, replace=True)


def explain(request: Request, db: Session) -> Modal:
    """What counts as a risk."""
    return atrisk_explanation(risks(request, db, unpacked(request.text).text), request.t)


def export(request: Request, db: Session) -> Document:
    """All open risks as a file."""
    return atrisk_document(risks(request, db, unpacked(request.text).text), request.t)


def share(request: Request, db: Session) -> Reply:
    """The same question asked afresh, for everybody in the channel."""
    around = replace(shared(request), choices=_choices(request, db))
    return atrisk_card(risks(request, db, unpacked(request.text).text), 0, around, request.t)


def _alone(request: Request, db: Session) -> Surroundings:
    return replace(alone(request), choices=_choices(request, db))


def _choices(request: Request, db: Session) -> Choices:
    """Open risks are those of today: there are no periods to choose from."""
    return books_of(db)._replace(currencies=currencies(db, request.company.currency))


COMMAND = Command(
    id=ID,
    usage=msg("[segment or csm:name]"),
    summary=msg("Accounts with open risks, worst first: why, since when, how much is at stake, what to do next"),
    run=show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "enterprise", "csm:ana"),
    actions=(
        Action("atrisk.back", turn, Role.MEMBER, Place.INTERNAL),
        Action("atrisk.next", turn, Role.MEMBER, Place.INTERNAL),
        Action("atrisk.filter", narrow, Role.MEMBER, Place.INTERNAL),
        Action("atrisk.explain", explain, Role.MEMBER, Place.INTERNAL, opens_modal=True),
        Action("atrisk.csv", export, Role.MEMBER, Place.INTERNAL),
        Action("atrisk.share", share, Role.MEMBER, Place.INTERNAL, once=True),
    ),
)
