"""What Slack checks before it does anything: token, arguments, scopes, blocks, limits."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.playground.double.block_kit import parsed_blocks, shown_files, with_ids
from bot.playground.double.errors import Refusal
from bot.playground.double.facts import METHODS, Method
from bot.playground.double.records import File, Json
from bot.playground.double.state import State
from commands.ui.limits import check, check_view

ANYWHERE = frozenset({"token", "team_id"})
"""Arguments that every client sends along and every method takes."""
APP_LEVEL = frozenset({"apps.connections.open"})
"""Methods for the app's own token (xapp); all others take the bot's."""
TEXT_KEPT = 40_000
"""Characters of a posted message that Slack keeps."""
TEXT_UPDATED = 4_000
"""Characters that chat.update takes."""
READ_SCOPES = {"public": "channels", "private": "groups", "im": "im"}


def check_call(state: State, name: str, args: Mapping[str, Any], token: str | None) -> Method:
    """The method that is called; Refusal unless token, arguments and scopes are as its reference says.

    Slack overlooks arguments it does not know; here they are an error, because each is a slip of the caller.
    """
    method = METHODS.get(name)
    if method is None:
        raise Refusal("unknown_method", f"{name} is not a method that the double knows")
    _check_token(state, name, token)
    unknown = set(args) - method.args - ANYWHERE
    if unknown and name != "api.test":
        raise Refusal("invalid_arguments", *(f"unknown argument: {each}" for each in sorted(unknown)))
    if missing := [each for each in method.required if args.get(each) in (None, "")]:
        raise Refusal("invalid_arguments", *(f"missing required field: {each}" for each in missing))
    if method.scopes and not set(method.scopes) & set(state.app.scopes):
        raise missing_scope(state, ",".join(method.scopes))
    return method


def _check_token(state: State, name: str, token: str | None) -> None:
    if name == "api.test":
        return
    if not token:
        raise Refusal("not_authed", "no token was sent")
    if token not in {state.app.bot_token, state.app.app_token}:
        raise Refusal("invalid_auth", "no installation has this token")
    if (token == state.app.app_token) != (name in APP_LEVEL):
        wanted = "the app's (xapp)" if name in APP_LEVEL else "the bot's (xoxb)"
        raise Refusal("not_allowed_token_type", f"{name} wants {wanted} token")


def missing_scope(state: State, needed: str) -> Refusal:
    """The refusal of an app that was not granted what it needs."""
    provided = ",".join(sorted(state.app.scopes))
    return Refusal("missing_scope", extra={"needed": needed, "provided": provided})


def check_channel_scope(state: State, kind: str, right: str) -> None:
    """Refuse unless the app may do this (`read`, `history`) with a channel of this kind."""
    needed = f"{READ_SCOPES[kind]}:{right}"
    if needed not in state.app.scopes:
        raise missing_scope(state, needed)


def checked_blocks(state: State, given: object, *, files_unready: bool = False) -> list[Json]:
    """The blocks of a message as they will be kept; Refusal for whatever Slack would not take."""
    blocks = parsed_blocks(given)
    if problems := [_pointed(problem, "/blocks") for problem in check(blocks, surface="message")]:
        raise Refusal("invalid_blocks", *problems)
    check_shown_files(state, blocks, files_unready=files_unready)
    return with_ids(state, blocks)


def checked_view(state: State, given: object, surface: str) -> Json:
    """The view as it will be kept; Refusal for whatever Slack would not take."""
    view = json_object(given, "view")
    if view.get("type") != surface:
        raise Refusal("invalid_arguments", f"a view of type {surface} is wanted [json-pointer:/view/type]")
    if problems := [_pointed(problem, "/view") for problem in check_view(view)]:
        code = "view_too_large" if any("bytes" in problem for problem in problems) else "invalid_arguments"
        raise Refusal(code, *problems)
    check_shown_files(state, view["blocks"], files_unready=False)
    return {**view, "blocks": with_ids(state, view["blocks"])}


def check_shown_files(state: State, blocks: Sequence[Json], *, files_unready: bool) -> None:
    """Refuse image blocks whose file is not there, deleted, or completed so lately that it cannot be shown yet."""
    for pointer, reference in shown_files(blocks):
        file = referred_file(state, reference)
        showable = file is not None and not file.deleted and file.ready_at is not None
        if files_unready or not showable or (file is not None and file.ready_at and file.ready_at > state.clock()):
            raise Refusal("invalid_blocks", f"invalid slack file [json-pointer:{pointer}]")


def referred_file(state: State, reference: Mapping[str, Any]) -> File | None:
    """The file an image block shows, by its id or by its private URL."""
    if "id" in reference:
        return state.files.get(str(reference["id"]))
    parts = str(reference.get("url", "")).split("/")
    return next((file for file in state.files.values() if file.id in parts), None)


def json_object(given: object, name: str) -> Json:
    """An argument that is an object, or the JSON text of one."""
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            raise Refusal("invalid_arguments", f"{name} is not valid JSON") from None
    if not isinstance(given, dict):
        raise Refusal("invalid_arguments", f"{name} must be an object")
    return given


def _pointed(problem: str, root: str) -> str:
    pointer, _, what = problem.partition(": ")
    return f"{what} [json-pointer:{root}{pointer.rstrip(':')}]"
