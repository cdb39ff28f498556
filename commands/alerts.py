"""/latido alerts: what is open and who has it, how good each signal is, where alerts go, what one wants to hear."""

from typing import Final

from commands.core.access import admit
from commands.core.alert_question import alerts_asked, quality_asked
from commands.core.alert_routing import mine_in, my_person, route_in, route_pressed, save_mine, save_route
from commands.core.alert_work import alert_pressed, close, closing_in, hand_over, reopen, snooze, take, vote
from commands.core.button_values import unpacked
from commands.core.registry import first_word
from commands.core.reply import Invalid, Modal, Reply
from commands.core.reply_draft import drafted, may_draft
from commands.core.request import Place, Request, Role
from commands.core.spec import Action, Command, View
from commands.core.words import folded
from commands.ui.alert_posting import refresh
from commands.ui.alert_reminders import tell_new_owner
from commands.ui.blocks import actions, button, section
from commands.ui.cards.alert_buttons import ASSIGN
from commands.ui.cards.alert_close import SAVE as CLOSE_SAVE
from commands.ui.cards.alert_close import close_form, closed
from commands.ui.cards.alert_draft import DONE as DRAFT_DONE
from commands.ui.cards.alert_draft import DRAFT, draft_form
from commands.ui.cards.alert_list import alerts_list
from commands.ui.cards.alert_mine import SAVE as MINE_SAVE
from commands.ui.cards.alert_mine import mine_card, mine_form, mine_saved
from commands.ui.cards.alert_quality import quality_card
from commands.ui.cards.alert_routes import SAVE as ROUTE_SAVE
from commands.ui.cards.alert_routes import Names, route_form, routes_card, routes_saved
from commands.ui.cards.alert_said import handed, said_of, voted
from commands.ui.cards.alert_words import Day, value_of
from metrics.types import msg
from storage.queries.accounts import csm_emails, segments
from storage.queries.alert_facts import beside
from storage.queries.alert_routes import move_up, remove, routes
from storage.queries.alerts import Alert
from storage.session import Session

ID: Final = "alerts"

_QUALITY: Final = frozenset(map(folded, ("quality", "calidad", "качество")))
_ROUTES: Final = frozenset(map(folded, ("routes", "rutas", "маршруты")))
_MINE: Final = frozenset(map(folded, ("mine", "mías", "мои")))


def show(request: Request, db: Session) -> Reply:
    """The open alerts of a book, or one of the other cards by its word."""
    word, rest = first_word(request.text)
    if not rest and folded(word) in _QUALITY:
        return quality_card(quality_asked(request, db), request.t)
    if not rest and folded(word) in _ROUTES:
        admit(request, Role.ADMIN, Place.INTERNAL)
        return routes_card(routes(db), request.company, request.t)
    if not rest and folded(word) in _MINE:
        return mine_card(my_person(request, db), request.company, request.t)
    return alerts_list(alerts_asked(request, db, request.text), 0, request.t)


def turn(request: Request, db: Session) -> Reply:
    """Another page of the open ones, in the place of the one before."""
    text, page = unpacked(request.text)
    return alerts_list(alerts_asked(request, db, text), page, request.t, replace=True)


# --- An alert ------------------------------------------------------------------------------------------------------


def take_it(request: Request, db: Session) -> Reply:
    """The presser has it from now on."""
    return _told(request, db, take(request, db))


def hand_it_over(request: Request, db: Session) -> Reply | None:
    """The colleague who was chosen has it from now on, and hears of it."""
    alert = hand_over(request, db)
    if alert is None:
        return None
    if alert.taken_by == request.actor.user_id:
        return _told(request, db, alert)
    tell_new_owner(db, alert, company=request.company, now=request.now)
    refresh(db, alert.id, company=request.company, now=request.now)
    return handed(alert, request.t)


def snooze_it(request: Request, db: Session) -> Reply:
    """It comes back when its time has come and the signal is still there."""
    return _told(request, db, snooze(request, db))


def call_useless(request: Request, db: Session) -> Reply:
    """A vote; with what the rule is worth so far, and a way to close the alert."""
    alert = vote(request, db, useful=False)
    return voted(alert, quality_asked(request, db), request.t)


def ask_outcome(request: Request, db: Session) -> Modal:
    """The form for closing."""
    alert, _ = alert_pressed(request, db)
    return close_form(alert, beside(db, [alert], day=request.today)[alert.id], _when(request), request.t)


def close_it(request: Request, db: Session) -> Modal | Invalid:
    """Close it with what the form says."""
    closing = closing_in(request)
    if isinstance(closing, Invalid):
        return closing
    alert = close(request, db, closing)
    refresh(db, alert.id, company=request.company, now=request.now)
    return closed(alert, beside(db, [alert], day=request.today)[alert.id], _when(request), request.t)


def reopen_it(request: Request, db: Session) -> Reply:
    """It was closed by mistake."""
    return _told(request, db, reopen(request, db))


def draft_reply(request: Request, db: Session) -> Modal:
    """A draft of what to write to whoever answered."""
    return draft_form(drafted(request, db), request.actor.team_id, request.t)


def draft_copied(_request: Request, _db: Session) -> None:
    """Nothing to keep: the modal closes."""


def _told(request: Request, db: Session, alert: Alert) -> Reply:
    """The messages change for everybody; whoever pressed reads here what they have done."""
    refresh(db, alert.id, company=request.company, now=request.now)
    said = said_of(alert, request.actor.user_id, _when(request))
    t = request.t
    mine = alert.taken_by == request.actor.user_id and may_draft(alert)
    next_step = (actions(button(t("Draft a reply"), DRAFT, value_of(alert))),) if mine else ()
    return Reply(t(said), (section(t.md(said)), *next_step))


def _when(request: Request) -> Day:
    return Day(request.today, request.company.zone)


# --- Where alerts go -----------------------------------------------------------------------------------------------


def edit_route(request: Request, db: Session) -> Modal:
    """The form for a new line of the table, or one that there is."""
    names = Names(segments(db), csm_emails(db))
    return route_form(route_pressed(request, db), names, request.company, request.t)


def keep_route(request: Request, db: Session) -> Modal | Invalid:
    """Keep what the form says."""
    number = unpacked(request.text).text
    route = route_in(request, int(number) if number.isdecimal() else 0)
    if isinstance(route, Invalid):
        return route
    save_route(db, route)
    return routes_saved(routes(db), request.company, request.t)


def remove_route(request: Request, db: Session) -> Reply:
    """Take a line away."""
    route = route_pressed(request, db)
    if route is not None:
        remove(db, route.id)
    return _table(request, db)


def raise_route(request: Request, db: Session) -> Reply:
    """Let a line decide before the one above it."""
    route = route_pressed(request, db)
    if route is not None:
        move_up(db, route.id)
    return _table(request, db)


def _table(request: Request, db: Session) -> Reply:
    card = routes_card(routes(db), request.company, request.t)
    return Reply(card.text, card.blocks, replace=True)


# --- What somebody wants to hear -----------------------------------------------------------------------------------


def ask_mine(request: Request, db: Session) -> Modal:
    """The form, with what holds now."""
    return mine_form(my_person(request, db), request.company, request.t)


def keep_mine(request: Request, db: Session) -> Modal | Invalid:
    """Keep what the form says."""
    preferences = mine_in(request)
    if isinstance(preferences, Invalid):
        return preferences
    return mine_saved(save_mine(request, db, preferences), request.company, request.t)


COMMAND = Command(
    id=ID,
    usage=msg("[segment or csm:name], quality, routes, mine"),
    summary=msg("Open alerts and who has them; how good each signal's are; where they go; what you want to hear"),
    run=show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "enterprise", "quality", "mine"),
    own_name=False,
    actions=(
        Action("alerts.back", turn, Role.MEMBER, Place.INTERNAL),
        Action("alerts.next", turn, Role.MEMBER, Place.INTERNAL),
        Action("alerts.take", take_it, Role.MEMBER, Place.INTERNAL, once=True),
        Action(ASSIGN, hand_it_over, Role.MEMBER, Place.INTERNAL, once=True),
        Action("alerts.snooze", snooze_it, Role.MEMBER, Place.INTERNAL, once=True),
        Action("alerts.useless", call_useless, Role.MEMBER, Place.INTERNAL, once=True),
        Action("alerts.close", ask_outcome, Role.MEMBER, Place.INTERNAL, opens_modal=True),
        Action(DRAFT, draft_reply, Role.MEMBER, Place.INTERNAL, opens_modal=True),
        Action("alerts.reopen", reopen_it, Role.MEMBER, Place.INTERNAL, once=True),
        Action("alerts.route.edit", edit_route, Role.ADMIN, Place.INTERNAL, opens_modal=True),
        Action("alerts.route.remove", remove_route, Role.ADMIN, Place.INTERNAL, once=True),
        Action("alerts.route.up", raise_route, Role.ADMIN, Place.INTERNAL, once=True),
        Action("alerts.mine", ask_mine, Role.MEMBER, Place.INTERNAL, opens_modal=True),
    ),
    views=(
        View(CLOSE_SAVE, close_it, Role.MEMBER, Place.INTERNAL),
        View(DRAFT_DONE, draft_copied, Role.MEMBER, Place.INTERNAL, repeatable=True),
        View(ROUTE_SAVE, keep_route, Role.ADMIN, Place.INTERNAL),
        View(MINE_SAVE, keep_mine, Role.MEMBER, Place.INTERNAL),
    ),
)
