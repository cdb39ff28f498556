"""Buttons and menus: block_actions, and the options of menus that ask the app while a person types."""

from collections.abc import Mapping
from typing import Any

from bot.playground.double.block_kit import STATELESS, Placed, action_of, find_usable, initial_values
from bot.playground.double.conversations import can_see, find_message, person
from bot.playground.double.deliveries import Delivery, Kind, Outcome, Wire
from bot.playground.double.errors import Impossible
from bot.playground.double.payloads import in_message, interaction, response_address
from bot.playground.double.records import Json, Message, View
from bot.playground.double.response_urls import new_response_url
from bot.playground.double.state import State
from bot.playground.double.views import find_view


def press_in_message(
    wire: Wire,
    user_id: str,
    channel_id: str,
    ts: str,
    action_id: str,
    value: object = None,
    *,
    block_id: str | None = None,
    values: Mapping[str, Any] | None = None,
) -> Delivery:
    """Use a button or menu of a message; Impossible unless it is there and this person sees it."""
    state = wire.state
    user, message = person(state, user_id), seen_message(state, user_id, channel_id, ts)
    placed = find_usable(message.blocks, action_id, value=value, block_id=block_id)
    action = action_of(placed, value, state.new_ts())
    url = new_response_url(state, user.id, channel_id, message.ts)
    payload = interaction(state, user, "block_actions")
    payload |= in_message(state.channels[channel_id], message, response_address(wire.base_url, url))
    held = _with(initial_values(message.blocks), values)
    payload |= {"state": {"values": _with_action(held, placed, action)}, "actions": [action]}
    return _delivered(wire, payload)


def press_in_view(
    wire: Wire,
    user_id: str,
    view_id: str,
    action_id: str,
    value: object = None,
    *,
    block_id: str | None = None,
    values: Mapping[str, Any] | None = None,
) -> Delivery:
    """Use a button or menu of a person's open modal or Home; Impossible unless it is there."""
    state = wire.state
    user, view = person(state, user_id), own_view(state, user_id, view_id)
    placed = find_usable(view.given["blocks"], action_id, value=value, block_id=block_id)
    action = action_of(placed, value, state.new_ts())
    with state.lock:
        view.values = _with_action(_with(view.values, values), placed, action)
    payload = interaction(state, user, "block_actions", view)
    payload |= {"container": {"type": "view", "view_id": view.id}, "actions": [action]}
    return _delivered(wire, payload)


def ask_options(wire: Wire, user_id: str, place: Json, action_id: str, typed: str) -> Delivery:
    """Ask the app for the options of an external_select, as on every key pressed; `place` as in the page's protocol."""
    state = wire.state
    user = person(state, user_id)
    view = own_view(state, user_id, place["view_id"]) if place.get("view_id") else None
    if view is None:
        message = seen_message(state, user_id, place["channel"], place["ts"])
        told, blocks = in_message(state.channels[place["channel"]], message, ""), message.blocks
        told.pop("response_url")
    else:
        told, blocks = {"container": {"type": "view", "view_id": view.id}}, view.given["blocks"]
    placed = find_usable(blocks, action_id, block_id=place.get("block_id"))
    payload = {**interaction(state, user, "block_suggestion", view), **told}
    del payload["trigger_id"]
    payload |= {"action_id": action_id, "block_id": placed.block["block_id"], "value": typed}
    return _delivered(wire, payload)


def seen_message(state: State, user_id: str, channel_id: str, ts: str) -> Message:
    """A message that this person sees; Impossible otherwise."""
    channel, message = state.channels.get(channel_id), find_message(state, channel_id, ts)
    if channel is None or message is None or not can_see(state, user_id, channel):
        raise Impossible(f"{user_id} sees no message {ts} in {channel_id}")
    if message.ephemeral_to not in {None, user_id}:
        raise Impossible(f"message {ts} is not shown to {user_id}")
    return message


def own_view(state: State, user_id: str, view_id: str) -> View:
    """A modal or Home that this person has before them; Impossible otherwise."""
    view = find_view(state, view_id)
    if view is None or view.user != user_id:
        raise Impossible(f"{user_id} has no open view {view_id}")
    return view


def _with(held: dict[str, Json], values: Mapping[str, Any] | None) -> dict[str, Json]:
    merged = {block_id: dict(actions) for block_id, actions in held.items()}
    for block_id, actions in (values or {}).items():
        merged.setdefault(block_id, {}).update(actions)
    return merged


def _with_action(held: dict[str, Json], placed: Placed, action: Json) -> dict[str, Json]:
    if placed.element["type"] in STATELESS:
        return held
    kept = {key: value for key, value in action.items() if key == "type" or key.startswith(("value", "selected_"))}
    return _with(held, {action["block_id"]: {action["action_id"]: kept}})


def _delivered(wire: Wire, payload: Json) -> Delivery:
    outcome = wire.deliver(Kind.INTERACTION, payload)
    return Delivery(payload, outcome.status, outcome.body, acked=outcome.failure is None, error=failure_text(outcome))


def failure_text(outcome: Outcome) -> str | None:
    """What Slack tells the person whose button did not work; None when it was acknowledged."""
    match outcome.failure:
        case None:
            return None
        case "http_timeout":
            return "Operation timed out. Apps need to respond within 3 seconds."
        case "http_error":
            return f"This app responded with Status Code {outcome.status}."
        case _:
            return "This app is not responding. Try again later."
