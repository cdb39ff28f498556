"""Every command with its buttons and modals: found in the `commands` package, checked, looked up by what Slack sends.

Three ways in:

- A typed command: `resolve("/health", "acme", prefix)`. `/latido health acme` means the same: the sub-command is taken
  off before anything runs, so `latido` itself sees only a bare call or a word that is no command.
- A command as text without prefix, from a terminal or from the value of a `latido.ask` button: `resolve_text("/health
  acme")`. Such a button stands for the command, so that command's own role and place decide who may press it.
- A button or modal by id: `action(id)`, `view(id)`. What follows a `#` in an action's id is taken off first: Slack
  wants the ids of one row to differ, so `commands.ui.blocks.actions` numbers those that occur again.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple, TypeVar

from rapidfuzz import fuzz, process

import commands
from commands.core.errors import BadRegistration, NotUnderstood
from commands.core.request import Place, Role
from commands.core.spec import REPEATED, Action, Command, View
from commands.core.words import SUGGESTION_MOST, short
from metrics.catalog import collect
from metrics.errors import BadDeclaration
from metrics.types import Sentence

ROOT: Final = "latido"
"""The command whose sub-commands all others are."""

NAME_MOST: Final = 32
"""Of a slash command with its slash and prefix (Slack's manifest)."""
USAGE_MOST: Final = 1000
SUMMARY_MOST: Final = 2000
OWN_NAMES_MOST: Final = 50
ID_MOST: Final = 255
NEAR_ENOUGH: Final = 55
"""How alike (of 100) an unknown word and a command must be for the command to be offered."""

_COMMAND_ID: Final = re.compile(r"[a-z][a-z0-9_-]*")
_PART_ID: Final = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)+")


T = TypeVar("T")


class Asked(NamedTuple):
    """A command and the text that follows it."""

    command: Command
    text: str


@dataclass(frozen=True, slots=True)
class Registry:
    """All commands by id, in order of name; all actions and views by id."""

    commands: Mapping[str, Command]
    actions: Mapping[str, Action]
    views: Mapping[str, View]

    def resolve(self, slash: str, text: str, prefix: str = "") -> Asked:
        """The command that `slash` (as Slack sends it, prefix and all) and `text` mean.

        NotUnderstood, with the nearest command that there is, for a name nobody declared.
        """
        name = slash.strip().removeprefix("/").casefold()
        command = self.commands.get(name.removeprefix(prefix.casefold())) or self.commands.get(name)
        if command is None:
            raise self._unknown(name, text)
        if command.id != ROOT:
            return Asked(command, text.strip())
        word, rest = first_word(text)
        inner = self.commands.get(word.removeprefix("/").casefold())
        return Asked(command, text.strip()) if inner is None else Asked(inner, rest)

    def resolve_text(self, typed: str, prefix: str = "") -> Asked:
        """The command that a whole typed line means: `/churn last month`."""
        return self.resolve(*first_word(typed), prefix)

    def action(self, action_id: str) -> Action | None:
        """The action behind a pressed button; None: one that is no longer declared."""
        return self.actions.get(action_id.partition(REPEATED)[0])

    def view(self, callback_id: str) -> View | None:
        """The modal that was submitted; None: one that is no longer declared."""
        return self.views.get(callback_id)

    def nearest(self, word: str) -> Command | None:
        """The command whose name is most like `word`; None if none is."""
        found = process.extractOne(
            word.removeprefix("/").casefold(),
            [name for name in self.commands if name != ROOT],
            scorer=fuzz.ratio,
            score_cutoff=NEAR_ENOUGH,
        )
        return None if found is None else self.commands[found[0]]

    def own_names(self) -> tuple[Command, ...]:
        """The commands that have a slash command of their own, for the manifest."""
        return tuple(command for command in self.commands.values() if command.own_name)

    def _unknown(self, name: str, text: str) -> NotUnderstood:
        near = self.nearest(name)
        meant = () if near is None else suggestion(near, text)
        return NotUnderstood(Sentence("There is no command /{name}.", {"name": short(name)}), suggestions=meant)


def first_word(text: str) -> tuple[str, str]:
    """The first word of a text, and what follows it."""
    word, *rest = text.split(maxsplit=1) or [""]
    return word, rest[0].strip() if rest else ""


def suggestion(command: Command, text: str) -> tuple[str, ...]:
    """The command line to offer on a button; none where a button could not carry it."""
    line = shown(command, text)
    return (line,) if len(line) <= SUGGESTION_MOST else ()


def shown(command: Command, text: str = "", prefix: str = "") -> str:
    """What a person types: `/cs-health acme`, or `/cs-latido export acme` for a command without a name of its own."""
    name = f"/{prefix}{command.id}" if command.own_name else f"/{prefix}{ROOT} {command.id}"
    return f"{name} {text}".strip()


@cache
def all_commands() -> Registry:
    """The registry of every module directly in `commands`; BadRegistration where one is declared wrongly."""
    try:
        return registry_of(collect(commands, "COMMAND", Command).values())
    except BadDeclaration as error:
        raise BadRegistration(str(error)) from error


def registry_of(declared: Iterable[Command], prefix: str = "") -> Registry:
    """The registry of some commands; BadRegistration names what is wrong with the first that is."""
    found: dict[str, Command] = {}
    actions: dict[str, Action] = {}
    views: dict[str, View] = {}
    for command in declared:
        _check_command(command)
        _add(found, command.id, command, command)
        for action in command.actions:
            _check_part(action, command)
            _add(actions, action.id, action, command)
        for view in command.views:
            _check_part(view, command)
            _add(views, view.id, view, command)
    check_prefix(found.values(), prefix)
    if (own := sum(command.own_name for command in found.values())) > OWN_NAMES_MOST:
        raise BadRegistration(f"{own} commands want a name of their own, Slack allows {OWN_NAMES_MOST}")
    return Registry(found, actions, views)


def check_prefix(declared: Iterable[Command], prefix: str) -> None:
    """BadRegistration if the company's prefix makes a name that Slack refuses."""
    if not re.fullmatch(r"[a-z0-9_-]*", prefix):
        raise BadRegistration(f"the prefix {prefix!r} may have small letters, digits, - and _ only")
    for command in declared:
        if command.own_name and len(name := shown(command, prefix=prefix)) > NAME_MOST:
            raise BadRegistration(f"{name} has {len(name)} characters, Slack allows {NAME_MOST}")


def _add(index: dict[str, T], key: str, part: T, of: Command) -> None:
    if key in index:
        raise BadRegistration(f"command {of.id!r} declares {key!r}, which is taken")
    index[key] = part


def _check_command(command: Command) -> None:
    if not _COMMAND_ID.fullmatch(command.id):
        raise BadRegistration(f"the command id {command.id!r} must be small letters, digits, - and _")
    if not 0 < len(command.summary) <= SUMMARY_MOST:
        raise BadRegistration(f"command {command.id!r}: the summary must have 1 to {SUMMARY_MOST} characters")
    if len(command.usage) > USAGE_MOST:
        raise BadRegistration(f"command {command.id!r}: the usage must have at most {USAGE_MOST} characters")
    _check_audience(command, f"command {command.id!r}")


def _check_part(part: Action | View, of: Command) -> None:
    if not _PART_ID.fullmatch(part.id) or len(part.id) > ID_MOST or part.id.split(".")[0] != of.id:
        raise BadRegistration(f"command {of.id!r}: the id {part.id!r} must be {of.id}.something, all small letters")
    _check_audience(part, f"{part.id!r} of command {of.id!r}")


def _check_audience(part: Command | Action | View, name: str) -> None:
    if not isinstance(part.least_role, Role):
        raise BadRegistration(f"{name} must declare its least_role as a Role, not {part.least_role!r}")
    if not isinstance(part.place, Place):
        raise BadRegistration(f"{name} must declare its place as a Place, not {part.place!r}")
