"""What Slack tells when somebody does something, as values: a typed command, a pressed button, a submitted modal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any, TypeAlias

Payload: TypeAlias = Mapping[str, Any]
Inputs: TypeAlias = Mapping[str, str | tuple[str, ...] | None]

PRESSED_ONLY = frozenset({None, "button", "overflow"})
"""Elements that hold nothing."""


class Surface(StrEnum):
    """What the person has in front of them, and so where an answer belongs."""

    CONVERSATION = "conversation"
    MODAL = "modal"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Interaction:
    """One thing a person did. What Slack left out is None."""

    id: str
    """The command's name with its slash, the button's action_id or the modal's callback_id."""
    text: str
    """What was typed after the name, or the button's value."""
    user_id: str
    team_id: str | None
    """The team that Slack says the person belongs to."""
    surface: Surface
    channel_id: str | None = None
    """None in a modal and in App Home."""
    response_url: str | None = None
    trigger_id: str | None = None
    view: Payload | None = None
    """The modal or home that a button stands in, or that was submitted."""
    message_ts: str | None = None
    thread_ts: str | None = None
    private: bool = True
    """Only the person sees the message in which the button stands."""
    inputs: Inputs = field(default_factory=dict)
    block_id: str = ""
    """Of the row in which the button or menu stands."""
    conversations: tuple[str, ...] = ()
    """Ids of the conversations that were chosen in a submitted modal."""
    people: tuple[str, ...] = ()
    """Ids of the people who were chosen in the pressed menu, or in a submitted modal."""
    moment: str = ""
    """When boxes were ticked or something was chosen, by Slack's clock; empty for a button."""

    @property
    def view_id(self) -> str:
        """The open modal's id; empty where there is none."""
        return "" if self.view is None else str(self.view["id"])

    @property
    def once_key(self) -> str:
        """The same for two clicks of one person on one button: their action_ts differs, the place does not.

        Ticking a box, taking the tick away and ticking it again are three things, so there the moment counts.

        A button's value may be 2,000 characters long, a modal's 3,000: the key has their digest.
        """
        where = self.message_ts or self.view_id or self.trigger_id or ""
        text = sha256(self.text.encode()).hexdigest()
        return f"{self.id}:{self.user_id}:{self.channel_id or ''}:{where}:{text}{self.moment and f':{self.moment}'}"


def typed(body: Payload) -> Interaction:
    """A slash command."""
    return Interaction(
        id=str(body["command"]),
        text=str(body.get("text") or ""),
        user_id=str(body["user_id"]),
        team_id=body.get("team_id"),
        surface=Surface.CONVERSATION,
        channel_id=body.get("channel_id"),
        response_url=body.get("response_url"),
        trigger_id=body.get("trigger_id"),
    )


def pressed(body: Payload) -> Interaction:
    """A button or menu, in a message, a modal or App Home."""
    action = body["actions"][0]
    container = body.get("container") or {}
    message = body.get("message") or {}
    channel_id = (body.get("channel") or {}).get("id") or container.get("channel_id")
    return Interaction(
        id=str(action["action_id"]),
        text=chosen(action),
        user_id=str(body["user"]["id"]),
        team_id=body["user"].get("team_id"),
        surface=_surface(body),
        channel_id=channel_id,
        response_url=body.get("response_url"),
        trigger_id=body.get("trigger_id"),
        view=body.get("view"),
        message_ts=container.get("message_ts") or message.get("ts"),
        thread_ts=container.get("thread_ts") or message.get("thread_ts"),
        private=bool(container.get("is_ephemeral")) or str(channel_id or "D").startswith("D"),
        inputs=inputs_of(body.get("view") or body),
        block_id=str(action.get("block_id") or ""),
        people=_users_in([action]),
        moment="" if action.get("type") in PRESSED_ONLY else str(action.get("action_ts") or ""),
    )


def submitted(body: Payload) -> Interaction:
    """A modal sent off."""
    view = body["view"]
    return Interaction(
        id=str(view.get("callback_id") or ""),
        text=str(view.get("private_metadata") or ""),
        user_id=str(body["user"]["id"]),
        team_id=body["user"].get("team_id"),
        surface=Surface.MODAL,
        trigger_id=body.get("trigger_id"),
        view=view,
        inputs=inputs_of(view),
        conversations=conversations_in(view),
        people=_users_in(element for elements in _values(view).values() for element in elements.values()),
    )


def inputs_of(view: Payload) -> Inputs:
    """What stands in a view's inputs, by block id (each block of ours has one element)."""
    values = _values(view)
    return {block_id: _entered(next(iter(elements.values()), {})) for block_id, elements in values.items()}


def conversations_in(view: Payload) -> tuple[str, ...]:
    """The conversations that are chosen in a view's menus of conversations."""
    values = _values(view)
    found = (element.get("selected_conversation") for elements in values.values() for element in elements.values())
    return tuple(str(one) for one in found if one)


def _values(view: Payload) -> Mapping[str, Mapping[str, Payload]]:
    """The elements of a view that hold something, by block id and action id."""
    return (view.get("state") or {}).get("values") or {}


def _users_in(elements: Iterable[Payload]) -> tuple[str, ...]:
    """The people who are chosen in menus of people."""
    found = (element.get("selected_user") for element in elements)
    return tuple(str(one) for one in found if one)


def chosen(element: Payload) -> str:
    """The one value of a pressed button or of a chosen option; empty where there is none."""
    entered = _entered(element)
    return ",".join(entered) if isinstance(entered, tuple) else entered or ""


def _entered(element: Payload) -> str | tuple[str, ...] | None:
    for name, value in element.items():
        if name == "selected_options":
            return tuple(str(option["value"]) for option in value)
        if name == "selected_option":
            return None if value is None else str(value["value"])
        if name == "value" or name.startswith("selected_"):
            return tuple(map(str, value)) if isinstance(value, list) else value if value is None else str(value)
    return None


def _surface(body: Payload) -> Surface:
    view = body.get("view")
    if view is None:
        return Surface.CONVERSATION
    return Surface.HOME if view.get("type") == "home" else Surface.MODAL
