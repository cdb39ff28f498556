"""views.*: modals and the App Home."""

from bot.playground.double.errors import Refusal
from bot.playground.double.records import Json, Trigger
from bot.playground.double.rules import checked_view
from bot.playground.double.views import (
    find_view,
    open_modal,
    publish_home,
    push_modal,
    take_trigger,
    update_view,
    view_json,
)
from bot.playground.double.web_api.asked import Asked, Method


def open_(asked: Asked) -> Json:
    """Open a modal for the person whose interaction gave the trigger."""
    given = checked_view(asked.state, asked.args["view"], "modal")
    view = open_modal(asked.state, _trigger(asked).user, given)
    return {"ok": True, "view": view_json(asked.state, view)}


def push(asked: Asked) -> Json:
    """Put a modal on top of the one whose interaction gave the trigger."""
    given = checked_view(asked.state, asked.args["view"], "modal")
    trigger = _trigger(asked)
    if trigger.view_id is None or find_view(asked.state, trigger.view_id) is None:
        raise Refusal("not_found", "a view is pushed by an interaction inside an open modal")
    view = push_modal(asked.state, trigger.user, given)
    return {"ok": True, "view": view_json(asked.state, view)}


def update(asked: Asked) -> Json:
    """Put new content into an open modal."""
    if not (asked.text("view_id") or asked.text("external_id")):
        raise Refusal("invalid_arguments", "view_id or external_id is needed")
    view = find_view(asked.state, asked.text("view_id"), asked.text("external_id"))
    if view is None:
        raise Refusal("not_found")
    given = checked_view(asked.state, asked.args["view"], view.given["type"])
    update_view(asked.state, view, given, expected_hash=asked.text("hash") or None)
    return {"ok": True, "view": view_json(asked.state, view)}


def publish(asked: Asked) -> Json:
    """Show a person their Home; outsiders have none."""
    user = asked.state.users.get(asked.text("user_id"))
    if user is None or user.deleted or user.is_bot or asked.state.is_outsider(user):
        raise Refusal("invalid_arguments", f"{asked.text('user_id')} has no Home")
    given = checked_view(asked.state, asked.args["view"], "home")
    view = publish_home(asked.state, user.id, given, expected_hash=asked.text("hash") or None)
    return {"ok": True, "view": view_json(asked.state, view)}


def _trigger(asked: Asked) -> Trigger:
    trigger_id = asked.text("trigger_id") or asked.text("interactivity_pointer")
    if not trigger_id:
        raise Refusal("invalid_arguments", "missing required field: trigger_id")
    return take_trigger(asked.state, trigger_id)


METHODS: dict[str, Method] = {
    "views.open": open_,
    "views.push": push,
    "views.update": update,
    "views.publish": publish,
}
