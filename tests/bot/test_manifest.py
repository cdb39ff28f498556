"""The app manifest: what Slack accepts, and no more rights than the code needs."""

import ast
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.manifest import EVENTS, OPTIONAL_SCOPES, SCOPES, manifest, slash_commands
from commands.core.registry import all_commands, registry_of
from commands.core.reply import Reply
from commands.core.request import Place, Role
from commands.core.spec import Command

ROOT = Path(__file__).parents[2]
FACTS = ROOT.parent / "shared" / "data" / "slack-api.json"
URL = "https://bot.example.com"

MAX_COMMANDS = 50
MAX_COMMAND = 32
MAX_DESCRIPTION = 2000
MAX_USAGE_HINT = 1000
MAX_NAME = 35
MAX_SHORT_TEXT = 140
LONG_TEXT = range(175, 4001)
"""Slack's limits on a manifest's texts."""

WITHOUT_A_METHOD = {"commands"}
"""Slash commands are no method."""
NOT_LISTED = {"channel_unarchive", "group_unarchive"}
"""Slack documents these events; the list that the facts were taken from leaves them out, and their opposites too."""


@pytest.fixture(scope="module")
def slack_facts() -> dict[str, Any]:
    if not FACTS.exists():
        reason = "the facts about Slack's API are not beside this repository"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    facts: dict[str, Any] = json.loads(FACTS.read_text(encoding="utf-8"))
    return facts


@pytest.mark.parametrize("url", [None, URL], ids=["socket", "http"])
def test_the_manifest_looks_as_it_was_approved(url: str | None, golden: Callable[[str, object], None]) -> None:
    golden("manifest" if url is None else "manifest-http", manifest(all_commands(), public_url=url))


def test_in_socket_mode_slack_is_told_no_address() -> None:
    made = manifest(all_commands())
    assert made["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.dumps(made)


def test_in_http_mode_everything_goes_to_one_address() -> None:
    made = manifest(all_commands(), public_url=URL + "/")
    settings = made["settings"]
    addresses = {command["url"] for command in made["features"]["slash_commands"]}
    addresses |= {settings["interactivity"]["request_url"], settings["event_subscriptions"]["request_url"]}
    assert addresses == {"https://bot.example.com/slack/events"}
    assert settings["socket_mode_enabled"] is False


def test_commands_have_names_and_texts_that_slack_accepts() -> None:
    commands = slash_commands(all_commands())
    assert 0 < len(commands) <= MAX_COMMANDS
    for command in commands:
        assert command["command"].startswith("/")
        assert len(command["command"]) <= MAX_COMMAND
        assert 0 < len(command["description"]) <= MAX_DESCRIPTION
        assert len(command.get("usage_hint", "")) <= MAX_USAGE_HINT


def test_every_command_with_a_name_of_its_own_is_there_once() -> None:
    registry = all_commands()
    names = [command["command"] for command in slash_commands(registry)]
    assert names == [f"/{command.id}" for command in registry.commands.values() if command.own_name]
    assert len(set(names)) == len(names)


def test_the_prefix_stands_before_every_command() -> None:
    names = [command["command"] for command in slash_commands(all_commands(), prefix="cs-")]
    assert all(name.startswith("/cs-") for name in names)


def test_a_command_without_arguments_has_no_hint() -> None:
    bare = Command("bare", "", "A test", lambda _request, _db: Reply(""), Role.MEMBER, Place.INTERNAL)
    (command,) = slash_commands(registry_of([bare]))
    assert "usage_hint" not in command


def test_the_app_is_described_as_slack_accepts_it() -> None:
    shown = manifest(all_commands())["display_information"]
    assert len(shown["name"]) <= MAX_NAME
    assert len(shown["description"]) <= MAX_SHORT_TEXT
    assert len(shown["long_description"]) in LONG_TEXT


def test_every_event_is_one_that_slack_knows(slack_facts: dict[str, Any]) -> None:
    assert set(EVENTS) - NOT_LISTED <= set(slack_facts["events"])


def test_every_event_is_one_that_the_bot_answers() -> None:
    texts = {node.value for tree in bot_code() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert set(EVENTS) <= texts


def test_every_method_that_the_bot_calls_is_allowed(slack_facts: dict[str, Any]) -> None:
    for name, scopes in called(slack_facts["methods"]).items():
        assert not scopes or scopes & {*SCOPES, *OPTIONAL_SCOPES}, f"{name} needs one of {sorted(scopes)}"


def test_every_scope_is_one_that_the_bot_needs(slack_facts: dict[str, Any]) -> None:
    needed = set().union(*called(slack_facts["methods"]).values())
    assert set(SCOPES) - needed == WITHOUT_A_METHOD


def called(methods: dict[str, Any]) -> dict[str, set[str]]:
    """The Web API methods that the bot's code calls, each with the scopes of which it needs one."""
    names = {
        node.attr.replace("_", ".", 1)
        for tree in bot_code()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
    }
    found = {name: set(methods[name]["scopes"].get("bot", ())) for name in names & set(methods)}
    assert "chat.postMessage" in found
    return found


def bot_code() -> Iterator[ast.Module]:
    """The modules of the bot, without what declares the manifest and without Slack's double."""
    for path in (ROOT / "bot").rglob("*.py"):
        if "playground" not in path.parts and path.name != "manifest.py":
            yield ast.parse(path.read_text(encoding="utf-8"))
