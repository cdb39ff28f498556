"""Setting up where comments of customers flow: /survey verbatims, with its buttons and its form."""

from typing import Final

from commands.core.access import admit
from commands.core.button_values import unpacked
from commands.core.reply import Invalid, Modal, Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import Action, View
from commands.core.verbatim_routing import save_verbatim_route, verbatim_route_in, verbatim_route_pressed
from commands.ui.cards.verbatim_routes import EDIT, REMOVE, SAVE, route_form, routes_saved, verbatims_card
from storage.queries.accounts import segments
from storage.queries.verbatim_routes import remove, verbatim_routes
from storage.session import Session


def verbatims(request: Request, db: Session) -> Reply:
    """Where comments go; for admins."""
    admit(request, Role.ADMIN, Place.INTERNAL)
    return verbatims_card(verbatim_routes(db), request.t)


def edit_verbatims(request: Request, db: Session) -> Modal:
    """The form for a new line, or one that there is."""
    return route_form(verbatim_route_pressed(request, db), segments(db), request.t)


def keep_verbatims(request: Request, db: Session) -> Modal | Invalid:
    """Keep what the form says."""
    number = unpacked(request.text).text
    route = verbatim_route_in(request, int(number) if number.isdecimal() else 0)
    if isinstance(route, Invalid):
        return route
    save_verbatim_route(db, route)
    return routes_saved(verbatim_routes(db), request.t)


def remove_verbatims(request: Request, db: Session) -> Reply:
    """Take a line away."""
    route = verbatim_route_pressed(request, db)
    if route is not None:
        remove(db, route.id)
    card = verbatims_card(verbatim_routes(db), request.t)
    return Reply(card.text, card.blocks, replace=True)


VERBATIM_ACTIONS: Final = (
    Action(EDIT, edit_verbatims, Role.ADMIN, Place.INTERNAL, opens_modal=True),
    Action(REMOVE, remove_verbatims, Role.ADMIN, Place.INTERNAL, once=True),
)
VERBATIM_VIEWS: Final = (View(SAVE, keep_verbatims, Role.ADMIN, Place.INTERNAL),)
