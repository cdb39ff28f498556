"""The parts that Slack's payloads have in common."""

from bot.playground.double.records import Json, Message, ResponseUrl, View
from bot.playground.double.state import State
from bot.playground.double.views import new_trigger, view_json
from bot.playground.double.world import Channel, User


def interaction(state: State, user: User, kind: str, view: View | None = None) -> Json:
    """What every interaction's payload begins with; the trigger is new."""
    payload: Json = {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": state.team_of(user)},
        "api_app_id": state.app.id,
        "token": state.app.verification_token,
        "team": {"id": state.team_of(user), "domain": state.team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": new_trigger(state, user.id, view).id,
    }
    if view is not None:
        payload["view"] = view_json(state, view)
    return payload


def in_message(channel: Channel, message: Message, url: str) -> Json:
    """What a payload says about the message the interaction happened in; an ephemeral's content is not told."""
    ephemeral = message.ephemeral_to is not None
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    told: Json = {"container": container, "channel": {"id": channel.id, "name": shown_name(channel)}}
    if not ephemeral:
        told["message"] = message.as_slack()
    return {**told, "response_url": url}


def shown_name(channel: Channel) -> str:
    """A channel's name as payloads tell it: private and direct ones have none."""
    return {"public": channel.name, "private": "privategroup", "im": "directmessage"}[channel.kind]


def response_address(base_url: str, url: ResponseUrl) -> str:
    """The address of a response URL."""
    return f"{base_url}/response/{url.id}"
