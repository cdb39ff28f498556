"""Blocks as Slack takes them: checked, given the ids Slack fills in, and searched for what a person can use."""

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from functools import partial
from typing import Any, NamedTuple

from bot.playground.double.errors import Impossible, Refusal
from bot.playground.double.records import Json
from bot.playground.double.state import State

PICKED = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
}
WRITTEN = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}
SEVERAL_FROM_OPTIONS = {"checkboxes", "multi_static_select"}
FROM_THE_APP = {"external_select": "selected_option", "multi_external_select": "selected_options"}
STATELESS = {"button", "overflow", "image", "workflow_button", "icon_button", "feedback_buttons"}


class Placed(NamedTuple):
    """An element that a person can use, and the block it stands in."""

    block: Json
    element: Json


def parsed_blocks(given: object) -> list[Json]:
    """The blocks of an argument, JSON or a string of it; Refusal when it is no list of objects."""
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            raise Refusal("invalid_blocks_format", "blocks is not valid JSON") from None
    if not isinstance(given, list) or not all(isinstance(block, dict) for block in given):
        raise Refusal("invalid_blocks_format", "blocks must be a list of objects")
    return deepcopy(given)


def with_ids(state: State, blocks: Sequence[Json]) -> list[Json]:
    """The blocks with an id for every block and every usable element that came without one, as Slack does."""
    filled = [{**block, "block_id": block.get("block_id") or state.new_id("b")} for block in deepcopy(list(blocks))]
    for placed in usable(filled):
        placed.element.setdefault("action_id", state.new_id("a"))
    return filled


def usable(blocks: Sequence[Json]) -> Iterator[Placed]:
    """Every button, menu and input, in order."""
    for block in blocks:
        candidates = [block.get("accessory"), block.get("element")]
        if block.get("type") in {"actions", "context_actions"}:
            candidates += block.get("elements", [])
        for element in candidates:
            if isinstance(element, dict) and element.get("type") != "image":
                yield Placed(block, element)


def find_usable(blocks: Sequence[Json], action_id: str, *, value: object = None, block_id: str | None = None) -> Placed:
    """The element with this action id, and this value where several share it; Impossible if it is not there."""
    same_id = [
        placed
        for placed in usable(blocks)
        if placed.element.get("action_id") == action_id and block_id in {None, placed.block.get("block_id")}
    ]
    if not same_id:
        there = ", ".join(placed.element.get("action_id", "?") for placed in usable(blocks)) or "none"
        raise Impossible(f"there is nothing called {action_id!r} to press; there are: {there}")
    buttons = [placed for placed in same_id if placed.element.get("type") == "button"]
    if value is None or not buttons:
        return same_id[0]
    for placed in buttons:
        if placed.element.get("value") == value:
            return placed
    raise Impossible(f"no button {action_id!r} has the value {value!r}")


def shown_files(blocks: Sequence[Json]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every uploaded file that the blocks show: its place as a JSON pointer, and the reference."""
    for index, block in enumerate(blocks):
        if isinstance(block.get("slack_file"), dict):
            yield f"/blocks/{index}/slack_file", block["slack_file"]
        if isinstance(accessory := block.get("accessory"), dict) and isinstance(accessory.get("slack_file"), dict):
            yield f"/blocks/{index}/accessory/slack_file", accessory["slack_file"]
        for place, element in enumerate(block.get("elements", []) if block.get("type") == "context" else []):
            if isinstance(element, dict) and isinstance(element.get("slack_file"), dict):
                yield f"/blocks/{index}/elements/{place}/slack_file", element["slack_file"]


def initial_values(blocks: Sequence[Json]) -> dict[str, Json]:
    """What the inputs hold before a person touches them, as `state.values` of a payload."""
    values: dict[str, Json] = {}
    for block, element in usable(blocks):
        if element.get("type") not in STATELESS:
            values.setdefault(block["block_id"], {})[element["action_id"]] = initial_value(element)
    return values


def initial_value(element: Json) -> Json:
    """What one input holds before a person touches it."""
    kind = element["type"]
    if kind in WRITTEN:
        return {"type": kind, "value": element.get("initial_value")}
    field = _field(kind)
    nothing: object = [] if field.endswith("s") else None
    return {"type": kind, field: element.get(field.replace("selected", "initial"), nothing)}


def entered(element: Json, value: object) -> Json:
    """What an input holds once a person has entered `value`; Impossible for an option that is not offered.

    A mapping is what the page sends: it already has the shape of `state.values`.
    """
    kind = element["type"]
    if isinstance(value, Mapping):
        if kind in FROM_THE_APP:  # the page knows the whole option, of which the double only heard in passing
            return {"type": kind, FROM_THE_APP[kind]: value.get(FROM_THE_APP[kind])}
        value = _plain_value(value)
    if kind in WRITTEN:
        return {"type": kind, "value": None if value in {None, ""} else str(value)}
    return {"type": kind, _field(kind): _chosen(element, kind, value)}


def _field(kind: str) -> str:
    several = "selected_options" if kind in SEVERAL_FROM_OPTIONS else "selected_option"
    return PICKED.get(kind) or FROM_THE_APP.get(kind, several)


def _chosen(element: Json, kind: str, value: object) -> object:
    if kind in PICKED:
        return _several(value) if kind.startswith("multi_") else value
    option = _external_option if kind in FROM_THE_APP else partial(_option, element)
    if kind in SEVERAL_FROM_OPTIONS or kind == "multi_external_select":
        return [option(each) for each in _several(value)]
    return None if value is None else option(value)


def _plain_value(sent: Mapping[str, Any]) -> object:
    if "selected_options" in sent:
        return [option.get("value") for option in sent["selected_options"] or ()]
    if isinstance(option := sent.get("selected_option"), dict):
        return option.get("value")
    return next((held for name, held in sent.items() if name.startswith(("value", "selected_"))), None)


def _several(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def _external_option(value: object) -> Json:
    return {"text": {"type": "plain_text", "text": str(value)}, "value": str(value)}


def _option(element: Json, value: object) -> Json:
    groups: list[Json] = element.get("option_groups") or [{"options": element.get("options", [])}]
    for group in groups:
        for option in group["options"]:
            if option.get("value") == value:
                return dict(option)
    raise Impossible(f"{element.get('action_id')!r} has no option {value!r}")


def action_of(placed: Placed, value: object, action_ts: str) -> Json:
    """The entry of a payload's `actions` for using this element."""
    block, element = placed
    action: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    if element["type"] == "button":
        action |= {key: element[key] for key in ("text", "value", "style", "url") if key in element}
    elif element["type"] == "overflow":
        action["selected_option"] = _option(element, _plain_value(value) if isinstance(value, Mapping) else value)
    else:
        action |= entered(element, value)
    return {**action, "action_ts": action_ts}
