"""/latido answers [account]: what was answered when by whom; tests and spam are voided here, with a reason."""

from commands.core.access import Choice, account_for, account_known
from commands.core.button_values import unpacked
from commands.core.errors import UserError
from commands.core.reply import Invalid, Modal, Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import Action, Command, View
from commands.ui.cards.accounts import choice_card
from commands.ui.cards.answers_given import (
    BACK,
    NEXT,
    ON_A_PAGE,
    REASON,
    RESTORE,
    SAVE,
    VOID,
    answers_card,
    void_form,
    voided,
)
from commands.ui.verbatim_posting import flow
from metrics.types import Sentence, msg
from storage.queries.survey_voids import Given, answer_given, answers_given, restore, void
from storage.session import Session


def show(request: Request, db: Session) -> Reply:
    """The latest answers of the account that is named, or of all."""
    if not request.text.strip():
        return _page(request, db, "", 0)
    found = account_for(request, db, request.text)
    if isinstance(found, Choice):
        return choice_card(found, request.t, opens="answers.account")
    return _page(request, db, found.key, 0)


def show_account(request: Request, db: Session) -> Reply:
    """Those of the account whose button was pressed."""
    return _page(request, db, unpacked(request.text).text, 0)


def turn(request: Request, db: Session) -> Reply:
    """Another page, in the place of the one before."""
    pressed = unpacked(request.text)
    shown = _page(request, db, pressed.text, pressed.page)
    return Reply(shown.text, shown.blocks, replace=True)


def ask_why(request: Request, db: Session) -> Modal:
    """The form for voiding one."""
    return void_form(_pressed(request, db), request.company.zone, request.t)


def void_it(request: Request, db: Session) -> Modal | Invalid:
    """Void it for the reason that the form gives."""
    one, reason = _pressed(request, db), request.state.get(REASON)
    why = reason.strip() if isinstance(reason, str) else ""
    if not why:
        return Invalid({REASON: request.t("Say why, please: others will read it.")})
    void(db, one.id, by=request.actor.user_id, reason=why, now=request.now)
    flow(db, one.id, company=request.company, now=request.now)
    return voided(_pressed(request, db), request.company.zone, request.t)


def let_count(request: Request, db: Session) -> Reply:
    """It was voided by mistake."""
    one = _pressed(request, db)
    restore(db, one.id, now=request.now)
    if one.ours:  # comments from other tools go to no channel
        flow(db, one.id, company=request.company, now=request.now)
    return Reply(request.t("This answer counts again."))


def _page(request: Request, db: Session, key: str, page: int) -> Reply:
    account = account_known(request, db, key) if key else None
    ids = None if account is None else (account.id,)
    found, count = answers_given(db, account_ids=ids, skip=page * ON_A_PAGE, most=ON_A_PAGE)
    name = None if account is None else account.name
    return answers_card(found, count, asked=key, page=page, account=name, zone=request.company.zone, t=request.t)


def _pressed(request: Request, db: Session) -> Given:
    number = unpacked(request.text).text
    found = answer_given(db, int(number)) if number.isdecimal() and len(number) <= 18 else None
    if found is None:
        raise UserError(Sentence("This answer is no longer there."))
    return found


COMMAND = Command(
    id="answers",
    usage=msg("[account]"),
    summary=msg("Survey answers as they came in; tests and spam are taken out of the figures here"),
    run=show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "acme"),
    own_name=False,
    actions=(
        Action("answers.account", show_account, Role.MEMBER, Place.INTERNAL),
        Action(BACK, turn, Role.MEMBER, Place.INTERNAL),
        Action(NEXT, turn, Role.MEMBER, Place.INTERNAL),
        Action(VOID, ask_why, Role.MEMBER, Place.INTERNAL, opens_modal=True),
        Action(RESTORE, let_count, Role.MEMBER, Place.INTERNAL, once=True),
    ),
    views=(View(SAVE, void_it, Role.MEMBER, Place.INTERNAL),),
)
