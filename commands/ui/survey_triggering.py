"""/survey triggers: what asks by itself, switched on and off and tuned; everybody may look."""

from typing import Final

from commands.core.reply import Invalid, Modal, Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import Action, View
from commands.core.survey_triggers import standing_pressed, standings, switch, tune
from commands.ui.cards.survey_triggers import SAVE, SWITCH, TUNE, trigger_form, triggers_card, triggers_saved
from storage.queries.accounts import segments
from storage.queries.survey_occasions import features
from storage.session import Session


def triggers(request: Request, db: Session) -> Reply:
    """All of them."""
    found = standings(db, request.company, request.now)
    return triggers_card(found, request.t, may_change=request.actor.role is Role.ADMIN)


def switch_trigger(request: Request, db: Session) -> Reply:
    """On or off."""
    switch(request, db, standing_pressed(request, db))
    card = triggers(request, db)
    return Reply(card.text, card.blocks, replace=True)


def tune_trigger(request: Request, db: Session) -> Modal:
    """The form of one."""
    one = standing_pressed(request, db)
    known = features(db) if one.trigger.of_feature else ()
    return trigger_form(one, segments(db), known, request.t)


def keep_trigger(request: Request, db: Session) -> Modal | Invalid:
    """Keep what the form says."""
    wrong = tune(request, db, standing_pressed(request, db))
    return wrong or triggers_saved(standings(db, request.company, request.now), request.t)


TRIGGER_ACTIONS: Final = (
    Action(SWITCH, switch_trigger, Role.ADMIN, Place.INTERNAL, once=True),
    Action(TUNE, tune_trigger, Role.ADMIN, Place.INTERNAL, opens_modal=True),
)
TRIGGER_VIEWS: Final = (View(SAVE, keep_trigger, Role.ADMIN, Place.INTERNAL),)
