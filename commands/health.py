"""/health [account]: an account's health with its reasons, risks and people; without a name your own accounts."""

from commands.core.access import Choice, account_for, admit
from commands.core.button_values import unpacked
from commands.core.errors import UserError
from commands.core.health_question import HealthAnswer, health_of, own_book
from commands.core.reply import Document, Modal, Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import Action, Command
from commands.core.surroundings import Surroundings, alone, shared
from commands.ui.cards.accounts import book_card, choice_card, no_book
from commands.ui.cards.health import health_card
from commands.ui.cards.health_explain import health_document, health_explanation
from metrics.types import Sentence, Value, msg
from storage.session import Session


def show(request: Request, db: Session) -> Reply:
    """The account that is named, or the asker's own."""
    if not request.text.strip():
        return _book(request, db, 0, replace=False)
    return _account(request, db, request.text, alone(request))


def open_account(request: Request, db: Session) -> Reply:
    """The account whose button was pressed."""
    return _account(request, db, unpacked(request.text).text, alone(request))


def turn(request: Request, db: Session) -> Reply:
    """Another page of the asker's own accounts, in the place of the one before."""
    return _book(request, db, unpacked(request.text).page, replace=True)


def share(request: Request, db: Session) -> Reply:
    """The card computed afresh, for everybody in the channel."""
    return _account(request, db, unpacked(request.text).text, shared(request))


def explain(request: Request, db: Session) -> Modal:
    """How the score is computed."""
    return health_explanation(_pressed(request, db), request.t)


def export(request: Request, db: Session) -> Document:
    """The factors as a file."""
    return health_document(_pressed(request, db), request.t)


def _account(request: Request, db: Session, text: str, where: Surroundings) -> Reply:
    found = account_for(request, db, text)
    if isinstance(found, Choice):
        return choice_card(found, request.t)
    return health_card(health_of(request, db, found), where, request.t)


def _pressed(request: Request, db: Session) -> HealthAnswer:
    """The account that a button on its card stands for; UserError if it, or its score, is gone."""
    found = account_for(request, db, unpacked(request.text).text)
    if isinstance(found, Choice):
        raise UserError(Sentence("This account is no longer there."))
    answer = health_of(request, db, found)
    if answer.gone_since is not None:
        gone: dict[str, Value] = {"account": found.name, "day": answer.gone_since}
        raise UserError(Sentence("{account} is no longer a customer since {day}: it has no score.", gone))
    return answer


def _book(request: Request, db: Session, page: int, *, replace: bool) -> Reply:
    admit(request, Role.MEMBER, Place.INTERNAL)
    book = own_book(request, db, request.actor.email) if request.actor.email else None
    if book is None:
        return no_book(request.actor.email, request.t)
    return book_card(book, page, request.t, replace=replace)


COMMAND = Command(
    id="health",
    usage=msg("[account]"),
    summary=msg("An account's health: score, reasons, risks, people. Without a name: your own accounts"),
    run=show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("acme", ""),
    actions=(
        Action("health.open", open_account, Role.MEMBER, Place.INTERNAL),
        Action("health.back", turn, Role.MEMBER, Place.INTERNAL),
        Action("health.next", turn, Role.MEMBER, Place.INTERNAL),
        Action("health.explain", explain, Role.MEMBER, Place.INTERNAL, opens_modal=True),
        Action("health.csv", export, Role.MEMBER, Place.INTERNAL),
        Action("health.share", share, Role.MEMBER, Place.INTERNAL, once=True),
    ),
)
