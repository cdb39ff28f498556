"""The shapes of declarations: a command with its buttons and modals."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from commands.core.reply import Answer
from commands.core.request import Place, Request, Role
from storage.session import Session

Handler: TypeAlias = Callable[[Request, Session], Answer]

REPEATED: Final = "#"
"""Buttons of one action side by side carry `health.open`, `health.open#2`, …: what follows this sign means nothing."""

ASK: Final = "latido.ask"
"""The action of a button that asks a command; its value is what would be typed, without prefix: `/churn last month`."""


@dataclass(frozen=True, slots=True)
class Action:
    """A button or menu. Its id is frozen: it lives on in old messages."""

    id: str
    """Dotted: the command's id, then what it does (`health.open`)."""
    run: Handler
    least_role: Role
    place: Place
    opens_modal: bool = False
    """The wiring opens a waiting modal within the trigger's three seconds and puts the answer into it."""
    on_top: bool = False
    """In a modal: that waiting modal is put on top of it, so that closing it leads back; else the open one changes."""
    once: bool = False
    """The effect must not happen twice for a double click (sharing, writing)."""
    writes: bool = False
    """It writes, but to do it again changes nothing: nobody notes that it was done, nor by whom and when."""


@dataclass(frozen=True, slots=True)
class View:
    """A modal that can be submitted; `id` is its callback_id."""

    id: str
    run: Handler
    least_role: Role
    place: Place
    repeatable: bool = False
    """To submit it again changes nothing: nobody notes that it was done, nor by whom and when."""


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command. Every command is also a sub-command of /latido."""

    id: str
    """Its name without the slash; frozen."""
    usage: str
    """Its arguments, as shown in Slack's completion; a msgid."""
    summary: str
    """One line for help and the manifest; a msgid."""
    run: Handler
    least_role: Role
    place: Place
    examples: tuple[str, ...] = ()
    """Arguments that work, for help."""
    own_name: bool = True
    """False: reachable under /latido only."""
    actions: tuple[Action, ...] = ()
    views: tuple[View, ...] = ()
