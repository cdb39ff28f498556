"""Modals and Homes: each person has one stack of modals, three deep at most, and one Home."""

from copy import deepcopy
from datetime import timedelta

from bot.playground.double.block_kit import initial_values
from bot.playground.double.errors import Refusal
from bot.playground.double.records import Change, Json, Trigger, View
from bot.playground.double.state import State

TRIGGER_LIVES = timedelta(seconds=3)
DEPTH = 3
"""Modals that may lie on each other."""


def new_trigger(state: State, user: str, view: View | None = None) -> Trigger:
    """The right to open a modal that comes with every interaction."""
    with state.lock:
        number = state.new_id("T")
        trigger = Trigger(f"{number}.{state.team.id}.{state.app.id}", user, state.clock(), view.id if view else None)
        state.triggers[trigger.id] = trigger
        return trigger


def take_trigger(state: State, trigger_id: str) -> Trigger:
    """Use a trigger up; Refusal when it is unknown, used or older than three seconds."""
    trigger = state.triggers.get(trigger_id)
    if trigger is None:
        raise Refusal("invalid_trigger_id")
    if trigger.used:
        raise Refusal("exchanged_trigger_id")
    if state.clock() - trigger.issued_at > TRIGGER_LIVES:
        raise Refusal("expired_trigger_id")
    trigger.used = True
    return trigger


def open_modal(state: State, user: str, given: Json) -> View:
    """Put a modal before a person; whatever modals were open are gone."""
    with state.lock:
        _refuse_known_external_id(state, given)
        view = _new_view(state, user, given)
        state.stacks[user] = [view]
    state.note(Change("modal", only=user))
    return view


def push_modal(state: State, user: str, given: Json) -> View:
    """Put a modal on top of the open ones; Refusal when there are three."""
    with state.lock:
        stack = state.stacks[user]
        if len(stack) >= DEPTH:
            raise Refusal("push_limit_reached")
        _refuse_known_external_id(state, given)
        view = _new_view(state, user, given)
        if stack:
            view.root_id, view.previous_id = stack[0].root_id, stack[-1].id
        stack.append(view)
    state.note(Change("modal", only=user))
    return view


def update_view(state: State, view: View, given: Json, *, expected_hash: str | None = None) -> View:
    """Put new content into an open view; what was entered stays where block, action and kind stay."""
    with state.lock:
        if expected_hash and expected_hash != view.hash:
            raise Refusal("hash_conflict")
        entered, view.given = view.values, given
        view.values = initial_values(given["blocks"])
        for block_id, actions in view.values.items():
            for action_id, value in actions.items():
                before = entered.get(block_id, {}).get(action_id)
                if before and before["type"] == value["type"]:
                    actions[action_id] = before
        view.hash = _new_hash(state)
    state.note(Change("home" if given["type"] == "home" else "modal", only=view.user))
    return view


def publish_home(state: State, user: str, given: Json, *, expected_hash: str | None = None) -> View:
    """Put a Home before a person, or in the place of the one they have."""
    with state.lock:
        home = state.homes.get(user)
        if home is not None:
            return update_view(state, home, given, expected_hash=expected_hash)
        home = state.homes[user] = _new_view(state, user, given)
    state.note(Change("home", only=user))
    return home


def find_view(state: State, view_id: str = "", external_id: str = "") -> View | None:
    """The open modal or Home with this id; None when it was closed or never was."""
    with state.lock:
        everything = [view for stack in state.stacks.values() for view in stack] + list(state.homes.values())
        for view in everything:
            if (view_id and view.id == view_id) or (external_id and view.given.get("external_id") == external_id):
                return view
    return None


def close_modal(state: State, view: View, *, whole_stack: bool = False) -> None:
    """Take a modal away, with all under it when the whole stack goes."""
    with state.lock:
        stack = state.stacks[view.user]
        state.stacks[view.user] = [] if whole_stack else [each for each in stack if each is not view]
    state.note(Change("modal", only=view.user))


def view_json(state: State, view: View) -> Json:
    """A view as Slack's answers and payloads show it."""
    texts = {"title": None, "submit": None, "close": None, "external_id": "", "private_metadata": ""}
    return {
        **texts,
        "callback_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        **view.given,
        "id": view.id,
        "team_id": state.team.id,
        "app_id": state.app.id,
        "app_installed_team_id": state.team.id,
        "bot_id": state.app.bot_id,
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "state": {"values": deepcopy(view.values)},
    }


def _new_view(state: State, user: str, given: Json) -> View:
    view_id = state.new_id("V")
    values = initial_values(given["blocks"])
    return View(id=view_id, user=user, given=given, hash=_new_hash(state), values=values, root_id=view_id)


def _new_hash(state: State) -> str:
    return f"{state.new_ts()}.{state.new_id('h')}"


def _refuse_known_external_id(state: State, given: Json) -> None:
    if given.get("external_id") and find_view(state, external_id=given["external_id"]):
        raise Refusal("duplicate_external_id")
