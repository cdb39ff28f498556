"""Slash commands, as a person types them."""

import re

from bot.playground.double.conversations import is_member, person
from bot.playground.double.deliveries import Delivery, Kind, Outcome, Wire
from bot.playground.double.errors import Impossible, Refusal
from bot.playground.double.payloads import response_address, shown_name
from bot.playground.double.records import Json, ResponseUrl
from bot.playground.double.response_urls import content_of, new_response_url, post_answer
from bot.playground.double.state import State
from bot.playground.double.views import new_trigger
from bot.playground.double.world import Channel, User

MENTION = re.compile(r"@([a-z0-9._-]+)", re.IGNORECASE)
CHANNEL = re.compile(r"(?<![\w&])#([\w-]+)")


def type_command(wire: Wire, user_id: str, channel_id: str, text: str, *, thread_ts: str | None = None) -> Delivery:
    """Deliver a typed line like "/health acme", and show its asker what is acknowledged, or what went wrong."""
    user, channel = person(wire.state, user_id), writable(wire.state, user_id, channel_id)
    command, _, arguments = text.strip().partition(" ")
    if not command.startswith("/"):
        raise Impossible(f"{text!r} is not a slash command")
    if refusal := _refused(wire.state, user, command, thread_ts):
        return Delivery({}, None, {}, acked=False, error=refusal)
    url = new_response_url(wire.state, user.id, channel.id)
    payload = _payload(wire, user, channel, command, arguments.strip(), url)
    outcome = wire.deliver(Kind.COMMAND, payload)
    error = _failure(command, outcome) or _show_acknowledged(wire.state, command, url, outcome.body)
    return Delivery(payload, outcome.status, outcome.body, acked=outcome.failure is None, error=error)


def writable(state: State, user_id: str, channel_id: str) -> Channel:
    """The channel, if this person can write there; Impossible otherwise."""
    channel = state.channels.get(channel_id)
    if channel is None or not is_member(channel, user_id, state.bot.id):
        raise Impossible(f"{user_id} is not in {channel_id} and cannot write there")
    if channel.is_archived:
        raise Impossible(f"{channel_id} is archived; nobody can write there")
    return channel


def _refused(state: State, user: User, command: str, thread_ts: str | None) -> str | None:
    known = state.app.commands is None or any(each["command"] == command for each in state.app.known_commands())
    if state.is_outsider(user) or not known:
        return f"{command} is not a valid command."
    if thread_ts:
        return f"{command} is not supported in threads. Sorry!"
    return None


def _payload(wire: Wire, user: User, channel: Channel, command: str, text: str, url: ResponseUrl) -> Json:
    state = wire.state
    return {
        "token": state.app.verification_token,
        "team_id": state.team.id,
        "team_domain": state.team.domain,
        "channel_id": channel.id,
        "channel_name": shown_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": escaped(state, text),
        "api_app_id": state.app.id,
        "is_enterprise_install": "false",
        "response_url": response_address(wire.base_url, url),
        "trigger_id": new_trigger(state, user.id).id,
    }


def escaped(state: State, text: str) -> str:
    """What was typed, with people and channels as ids (<@U1|ana>) and &, <, > escaped (`should_escape`)."""
    people = {user.name.lower(): user for user in state.users.values()}
    channels = {channel.name.lower(): channel for channel in state.channels.values() if channel.kind != "im"}

    def named(found: re.Match[str]) -> str:
        user = people.get(found[1].lower())
        return f"<@{user.id}|{user.name}>" if user else found[0]

    def linked(found: re.Match[str]) -> str:
        channel = channels.get(found[1].lower())
        return f"<#{channel.id}|{channel.name}>" if channel else found[0]

    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return CHANNEL.sub(linked, MENTION.sub(named, plain))


def _failure(command: str, outcome: Outcome) -> str | None:
    """What Slack tells the person whose command failed; None when it was acknowledged."""
    match outcome.failure:
        case None:
            return None
        case "http_timeout":
            return f'{command} failed with the error "operation_timeout"'
        case "http_error":
            return f'{command} failed with the error "dispatch_failed"'
        case _:
            return f"{command} failed because the app did not respond"


def _show_acknowledged(state: State, command: str, url: ResponseUrl, body: Json) -> str | None:
    if not body.get("text") and not body.get("blocks"):
        return None
    try:
        text, blocks = content_of(state, body)
    except Refusal as refusal:
        return f'{command} failed with the error "{refusal.code}"'
    to = None if body.get("response_type") == "in_channel" else url.user
    post_answer(state, url, text, blocks, to=to)
    return None
