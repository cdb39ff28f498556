"""Surveys that were sent: all of them, one looked at closer, taking one back, and voiding an anonymous answer."""

from typing import Final

from commands.core.button_values import unpacked
from commands.core.errors import NotAllowed, UserError
from commands.core.reply import Invalid, Modal, Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import Action, View
from commands.core.survey_recurring import may_change, recurring
from commands.core.survey_seen import Seen, seen, seen_of
from commands.ui.cards.answers_given import REASON
from commands.ui.cards.survey_unnamed import SAVE, VOID, void_form
from commands.ui.cards.survey_wave import ALL, DETAILS, LIST, WITHDRAW, wave_card, withdraw_button
from commands.ui.cards.survey_waves import PAGE, PEOPLE_PAGE, STOP, details_modal, waves_card
from commands.ui.survey_cards import refresh_card
from metrics.types import Sentence
from storage.queries.schedules import remove
from storage.queries.survey_left_out import left_out
from storage.queries.survey_results import Words, words_in
from storage.queries.survey_voids import void_unnamed, voids_of
from storage.queries.survey_waves import UNDER_WAY, waves, withdraw
from storage.session import Session

GONE: Final = Sentence("This survey is no longer there.")


def show(request: Request, db: Session) -> Reply:
    """All surveys."""
    return _list(request, db, 0, replace=False)


def turn(request: Request, db: Session) -> Reply:
    """Another page, in the place of the one before."""
    return _list(request, db, unpacked(request.text).page)


def details(request: Request, db: Session) -> Modal:
    """One survey with those who were not asked or not reached."""
    pressed = unpacked(request.text)
    return _details(request, db, _known(db, pressed.text), pressed.page)


def take_back(request: Request, db: Session) -> Reply | Modal:
    """Nobody else is asked; questions that wait are closed by whatever runs the surveys."""
    one = _known(db, unpacked(request.text).text)
    if not may_change(one.wave.started_by, request.actor, request.company):
        raise NotAllowed(Sentence("Only who started this survey, or an admin, may withdraw it."))
    done = withdraw(db, one.wave.id)
    refresh_card(db, one.wave.id, company=request.company, now=request.now)
    now = _known(db, str(one.wave.id))
    if request.in_modal:
        return _details(request, db, now, 0)
    said = Sentence("✓ Withdrawn. Questions that wait are closed in a moment.") if done else None
    return wave_card(now, request.t, zone=request.company.zone, said=said, replace=True)


def stop(request: Request, db: Session) -> Reply:
    """A survey that comes again comes no more."""
    number = unpacked(request.text).text
    schedule = next((one for one in recurring(db) if str(one.id) == number), None)
    if schedule is None:
        raise UserError(GONE)
    if not may_change(schedule.owner, request.actor, request.company):
        raise NotAllowed(Sentence("Only who set this survey up, or an admin, may stop it."))
    remove(db, schedule.id)
    return _list(request, db, 0, said=Sentence("✓ It does not come any more."))


def ask_why(request: Request, db: Session) -> Modal:
    """The form for voiding an answer to an anonymous wave."""
    _, words = _words(request, db)
    return void_form(words, request.text, request.t)


def void_it(request: Request, db: Session) -> Modal | Invalid:
    """Void it for the reason that the form gives; the figure and what may be shown of the wave follow."""
    one, words = _words(request, db)
    reason = request.state.get(REASON)
    why = reason.strip() if isinstance(reason, str) else ""
    if not why:
        return Invalid({REASON: request.t("Say why, please: others will read it.")})
    void_unnamed(db, one.wave.id, words.mark, by=request.actor.user_id, reason=why, now=request.now)
    refresh_card(db, one.wave.id, company=request.company, now=request.now)
    now = _known(db, str(one.wave.id))
    last = max(0, (len(_readable(db, now)) - 1) // PEOPLE_PAGE)
    return _details(request, db, now, min(unpacked(request.text).page, last))


def _list(request: Request, db: Session, page: int, *, said: Sentence | None = None, replace: bool = True) -> Reply:
    under_way = waves(db, states=UNDER_WAY)
    found = [*under_way, *waves(db, states=("over", "withdrawn"))]
    page = min(page, max(0, (len(found) - 1) // PAGE))
    here = [seen_of(db, one) for one in found[page * PAGE : (page + 1) * PAGE]]
    comings = [(one, may_change(one.owner, request.actor, request.company)) for one in recurring(db)]
    return waves_card(
        here,
        len(found),
        comings,
        page,
        request.t,
        request.company.zone,
        running=len(under_way),
        said=said,
        replace=replace,
    )


def _details(request: Request, db: Session, one: Seen, page: int) -> Modal:
    found = left_out(db, one.wave.id, first=page * PEOPLE_PAGE, most=PEOPLE_PAGE)
    voids = voids_of(db, one.wave.id, most=PEOPLE_PAGE) if one.given.voided else []
    may = may_change(one.wave.started_by, request.actor, request.company)
    buttons = withdraw_button(one, request.t) if may else ()
    zone, words = request.company.zone, _readable(db, one)
    return details_modal(one, found, page, request.t, zone, buttons=buttons, words=words, voids=voids)


def _readable(db: Session, one: Seen) -> list[Words]:
    """The words of an anonymous wave, where they may be shown."""
    return words_in(db, one.wave.id) if one.wave.anonymous and not one.hidden else []


def _words(request: Request, db: Session) -> tuple[Seen, Words]:
    """The wave and the words whose button was pressed, as long as they may be shown."""
    number, _, mark = unpacked(request.text).text.partition(" ")
    one = _known(db, number)
    found = next((words for words in _readable(db, one) if words.mark == mark), None)
    if found is None:
        raise UserError(Sentence("This answer is no longer there."))
    return one, found


def _known(db: Session, number: str) -> Seen:
    found = seen(db, int(number)) if number.isdecimal() and len(number) < 18 else None
    if found is None:
        raise UserError(GONE)
    return found


FOLLOWING: Final = (
    Action(ALL, show, Role.MEMBER, Place.INTERNAL),
    Action(LIST, turn, Role.MEMBER, Place.INTERNAL),
    Action(DETAILS, details, Role.MEMBER, Place.INTERNAL, opens_modal=True),
    Action(WITHDRAW, take_back, Role.MEMBER, Place.INTERNAL, once=True),
    Action(STOP, stop, Role.MEMBER, Place.INTERNAL, once=True),
    Action(VOID, ask_why, Role.MEMBER, Place.INTERNAL, opens_modal=True),
)
FOLLOWING_VIEWS: Final = (View(SAVE, void_it, Role.MEMBER, Place.INTERNAL),)
