"""/health [account]: an account's health with its reasons, risks and people; without a name your own accounts."""

from commands.core.access import Choice, account_for, admit
from commands.core.button_values import unpacked
from commands.core.errors import UserError
from commands.core.health_history import history_of, tell
from commands.core.health_question import HealthAnswer, health_of, no_customer, own_book
from commands.core.opinion_question import give_opinion, opinion_in, opinion_of, withdraw_opinion
from commands.core.own_scores import own_scores
from commands.core.reply import Document, Invalid, Modal, Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import Action, Command, View
from commands.core.surroundings import Surroundings, alone, shared
from commands.ui.cards.accounts import book_card, choice_card, no_book
from commands.ui.cards.book_explain import book_document, book_explanation
from commands.ui.cards.health import health_card
from commands.ui.cards.health_explain import health_document, health_explanation
from commands.ui.cards.health_history import history_document, history_modal, on_page
from commands.ui.cards.health_opinion import opinion_form, opinion_given
from metrics.types import Account, Sentence, msg
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


def explain_book(request: Request, db: Session) -> Modal:
    """How the scores of the asker's own accounts are made."""
    return book_explanation(own_scores(request, db), request.t)


def export_book(request: Request, db: Session) -> Document:
    """The asker's own accounts as a file."""
    return book_document(own_scores(request, db), request.t)


def share(request: Request, db: Session) -> Reply:
    """The card computed afresh, for everybody in the channel."""
    return _account(request, db, unpacked(request.text).text, shared(request))


def explain(request: Request, db: Session) -> Modal:
    """How the score is computed."""
    return health_explanation(_pressed(request, db), request.t)


def ask_opinion(request: Request, db: Session) -> Modal:
    """The form to say what one thinks of an account."""
    account = _known(request, db, unpacked(request.text).text)
    return opinion_form(opinion_of(request, db, account), request.t)


def take_opinion(request: Request, db: Session) -> Modal | Invalid:
    """Store what the form says; the answer is the score before and after."""
    _, account = _numbered(request, db)
    given = opinion_in(request)
    if isinstance(given, Invalid):
        return given
    return opinion_given(give_opinion(request, db, account, given), request.t)


def take_back(request: Request, db: Session) -> Modal:
    """Withdraw the opinion whose button was pressed."""
    opinion_id, account = _numbered(request, db)
    return opinion_given(withdraw_opinion(request, db, account, opinion_id), request.t)


def tell_history(request: Request, db: Session) -> Modal:
    """A page of the score's changes."""
    key, page = unpacked(request.text)
    account = _known(request, db, key)
    history = history_of(request, db, account)
    return history_modal(history, tell(request, db, account, on_page(history, page)), page, request.t)


def export_history(request: Request, db: Session) -> Document:
    """The whole history as a file."""
    account = _known(request, db, unpacked(request.text).text)
    history = history_of(request, db, account)
    return history_document(history, tell(request, db, account, history.changes), request.t)


def export(request: Request, db: Session) -> Document:
    """The factors as a file."""
    return health_document(_pressed(request, db), request.t)


def _account(request: Request, db: Session, text: str, where: Surroundings) -> Reply:
    found = account_for(request, db, text)
    if isinstance(found, Choice):
        return choice_card(found, request.t)
    return health_card(health_of(request, db, found), where, request.t)


def _known(request: Request, db: Session, key: str) -> Account:
    """The account that a button or form stands for; UserError if it is gone."""
    found = account_for(request, db, key)
    if isinstance(found, Choice):
        raise UserError(Sentence("This account is no longer there."))
    return found


def _pressed(request: Request, db: Session) -> HealthAnswer:
    """All about the account of a button on its card; UserError if it is no customer any more."""
    account = _known(request, db, unpacked(request.text).text)
    answer = health_of(request, db, account)
    if answer.gone_since is not None:
        raise no_customer(account, answer.gone_since)
    return answer


def _numbered(request: Request, db: Session) -> tuple[int, Account]:
    """The number and the account that a form about opinions carries."""
    number, _, key = unpacked(request.text).text.partition(" ")
    if not number.isdecimal():
        raise UserError(Sentence("This account is no longer there."))
    return int(number), _known(request, db, key)


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
        Action("health.book.explain", explain_book, Role.MEMBER, Place.INTERNAL, opens_modal=True),
        Action("health.book.csv", export_book, Role.MEMBER, Place.INTERNAL),
        Action("health.explain", explain, Role.MEMBER, Place.INTERNAL, opens_modal=True),
        Action("health.opinion", ask_opinion, Role.MEMBER, Place.INTERNAL, opens_modal=True),
        Action("health.opinion.withdraw", take_back, Role.MEMBER, Place.INTERNAL, once=True),
        Action("health.history", tell_history, Role.MEMBER, Place.INTERNAL, opens_modal=True),
        Action("health.history.back", tell_history, Role.MEMBER, Place.INTERNAL),
        Action("health.history.next", tell_history, Role.MEMBER, Place.INTERNAL),
        Action("health.history.csv", export_history, Role.MEMBER, Place.INTERNAL),
        Action("health.csv", export, Role.MEMBER, Place.INTERNAL),
        Action("health.share", share, Role.MEMBER, Place.INTERNAL, once=True),
    ),
    views=(View("health.opinion.give", take_opinion, Role.MEMBER, Place.INTERNAL),),
)
