"""Modals as a person fills them in, sends them off and closes them."""

from collections.abc import Mapping
from typing import Any

from bot.playground.double.block_kit import STATELESS, WRITTEN, entered, usable
from bot.playground.double.conversations import person
from bot.playground.double.deliveries import Delivery, Kind, Wire
from bot.playground.double.errors import Impossible, Refusal
from bot.playground.double.payloads import interaction
from bot.playground.double.presses import own_view
from bot.playground.double.records import Json, View
from bot.playground.double.rules import checked_view
from bot.playground.double.state import State
from bot.playground.double.views import close_modal, push_modal, update_view

TROUBLE = "We had some trouble connecting. Try again?"
REQUIRED = "Please complete this required field."


def submit_modal(wire: Wire, user_id: str, view_id: str, filled: Mapping[str, Any]) -> Delivery:
    """Send a modal off with what was filled in, by block id: a plain value, or {action_id: value}.

    What Slack's own form would not let pass is not sent: `errors` then says why.
    """
    state = wire.state
    user, view = person(state, user_id), own_view(state, user_id, view_id)
    if view not in state.stacks[user_id] or not view.given.get("submit"):
        raise Impossible(f"{view_id} has no submit button")
    with state.lock:
        _fill(view, filled)
    if errors := _unacceptable(view):
        return Delivery({}, None, {}, acked=False, error=REQUIRED, errors=errors)
    payload = {**interaction(state, user, "view_submission", view), "response_urls": []}
    outcome = wire.deliver(Kind.INTERACTION, payload)
    if outcome.failure is not None:
        return Delivery(payload, outcome.status, outcome.body, acked=False, error=TROUBLE)
    error, errors = _obey(state, view, outcome.body)
    return Delivery(payload, outcome.status, outcome.body, acked=True, error=error, errors=errors)


def close_view(wire: Wire, user_id: str, view_id: str, *, whole_stack: bool = False) -> Delivery:
    """Close a modal; the app hears of it if it asked for that."""
    state = wire.state
    user, view = person(state, user_id), own_view(state, user_id, view_id)
    whole_stack = whole_stack or bool(view.given.get("clear_on_close"))
    close_modal(state, view, whole_stack=whole_stack)
    if not view.given.get("notify_on_close"):
        return Delivery({}, None, {}, acked=True)
    payload = {**interaction(state, user, "view_closed", view), "is_cleared": whole_stack}
    del payload["trigger_id"]
    outcome = wire.deliver(Kind.INTERACTION, payload)
    return Delivery(payload, outcome.status, outcome.body, acked=outcome.failure is None)


def _inputs(view: View) -> dict[str, Json]:
    return {block["block_id"]: block for block in view.given["blocks"] if block.get("type") == "input"}


def _fill(view: View, filled: Mapping[str, Any]) -> None:
    if unknown := set(filled) - set(view.values):
        raise Impossible(f"the modal has no input {sorted(unknown)}; it has {sorted(view.values)}")
    for block, element in usable(view.given["blocks"]):
        block_id, action_id = block["block_id"], element["action_id"]
        if block_id not in filled or element["type"] in STATELESS:
            continue
        given = filled[block_id]
        if isinstance(given, Mapping):
            if action_id not in given:
                continue
            given = given[action_id]
        view.values[block_id][action_id] = entered(element, given)


def _unacceptable(view: View) -> dict[str, str]:
    """What Slack's form itself objects to: required inputs left empty, texts too short or too long."""
    errors = {}
    for block_id, block in _inputs(view).items():
        element = block["element"]
        held = view.values.get(block_id, {}).get(element["action_id"], {})
        value = next((each for name, each in held.items() if name != "type"), None)
        if value in (None, "", []):
            if not block.get("optional"):
                errors[block_id] = REQUIRED
        elif element["type"] in WRITTEN and (problem := _length_problem(element, str(value))):
            errors[block_id] = problem
    return errors


def _length_problem(element: Json, value: str) -> str | None:
    if len(value) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    if len(value) > element.get("max_length", 3000):
        return f"Please enter at most {element.get('max_length', 3000)} characters."
    return None


def _obey(state: State, view: View, body: Json) -> tuple[str | None, dict[str, str]]:
    """Do what the acknowledgement says: the error the person is shown, and what is wrong with which input."""
    try:
        match body.get("response_action"):
            case None:
                close_modal(state, view)
            case "clear":
                close_modal(state, view, whole_stack=True)
            case "errors":
                return _errors(view, body.get("errors"))
            case "update":
                update_view(state, view, checked_view(state, body.get("view"), "modal"))
            case "push":
                push_modal(state, view.user, checked_view(state, body.get("view"), "modal"))
            case _:
                return TROUBLE, {}
    except Refusal:
        return TROUBLE, {}
    return None, {}


def _errors(view: View, errors: object) -> tuple[str | None, dict[str, str]]:
    if not isinstance(errors, dict) or not errors or set(errors) - set(_inputs(view)):
        return TROUBLE, {}
    return None, {str(block_id): str(text) for block_id, text in errors.items()}
