"""Events: told once, told again when nobody acknowledged."""

from bot.playground.double.conversations import add_message, can_see, direct_channel, find_message, person
from bot.playground.double.deliveries import Delivery, Kind, Retry, Wire
from bot.playground.double.errors import Impossible
from bot.playground.double.records import Json, Message
from bot.playground.double.slash import writable
from bot.playground.double.views import view_json
from bot.playground.double.world import Channel

MOST_RETRIES = 3
"""Slack tries again at once, after about a minute and after about five."""
CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im"}
MESSAGE_EVENTS = {"public": "message.channels", "private": "message.groups", "im": "message.im"}


def tell_event(wire: Wire, event: Json, user_id: str | None = None, *, event_id: str | None = None) -> Delivery:
    """Deliver an event, and once more at once if it is not acknowledged; what then remains waits for `retry_events`.

    The same `event_id` twice is the same event delivered twice.
    """
    payload = _callback(wire, event, user_id, event_id)
    outcome = wire.deliver(Kind.EVENT, payload)
    attempts = 1
    if outcome.failure and not outcome.no_retry:
        outcome = wire.deliver(Kind.EVENT, payload, Retry(1, outcome.failure))
        attempts = 2
        if outcome.failure and not outcome.no_retry:
            wire.failed_events.append((payload, Retry(2, outcome.failure)))
    return Delivery(payload, outcome.status, outcome.body, acked=outcome.failure is None, attempts=attempts)


def retry_events(wire: Wire) -> list[Delivery]:
    """Deliver again what was not acknowledged, as Slack does a minute and five minutes later."""
    with wire.state.lock:
        waiting, wire.failed_events = wire.failed_events, []
    told = []
    for payload, retry in waiting:
        outcome = wire.deliver(Kind.EVENT, payload, retry)
        if outcome.failure and not outcome.no_retry and retry.number < MOST_RETRIES:
            wire.failed_events.append((payload, Retry(retry.number + 1, outcome.failure)))
        acked = outcome.failure is None
        told.append(Delivery(payload, outcome.status, outcome.body, acked=acked, attempts=retry.number + 1))
    return told


def open_home(wire: Wire, user_id: str, *, tab: str = "home") -> Delivery:
    """Open the app: its Home, or with tab="messages" the direct conversation. Outsiders cannot."""
    state = wire.state
    user = person(state, user_id)
    if state.is_outsider(user):
        raise Impossible(f"{user_id} belongs to another company and does not see the app's Home")
    event: Json = {"type": "app_home_opened", "user": user.id, "channel": direct_channel(state, user.id).id, "tab": tab}
    home = state.homes.get(user.id)
    if tab == "home" and home is not None:
        event["view"] = view_json(state, home)
    return _told_if_subscribed(wire, "app_home_opened", {**event, "event_ts": state.new_ts()}, user.id)


def say(wire: Wire, user_id: str, channel_id: str, text: str, *, thread_ts: str | None = None) -> Message:
    """Write a plain message; the app hears of it only if it is there and subscribed to messages or mentions."""
    state = wire.state
    user, channel = person(state, user_id), writable(state, user_id, channel_id)
    if thread_ts and find_message(state, channel.id, thread_ts) is None:
        raise Impossible(f"{channel_id} has no message {thread_ts} to answer")
    message = Message(state.new_ts(), channel.id, user.id, text, thread_ts=thread_ts)
    add_message(state, message)
    if channel.bot_member:
        event = _message_event(wire, channel, message)
        _told_if_subscribed(wire, MESSAGE_EVENTS[channel.kind], event, user.id)
        if f"<@{state.bot.id}" in text:
            _told_if_subscribed(wire, "app_mention", {**event, "type": "app_mention"}, user.id)
    return message


def _message_event(wire: Wire, channel: Channel, message: Message) -> Json:
    told = {**message.as_slack(), "channel": channel.id, "channel_type": CHANNEL_TYPES[channel.kind]}
    return {**told, "team": wire.state.team_of(wire.state.users[message.user]), "event_ts": message.ts}


def _told_if_subscribed(wire: Wire, subscription: str, event: Json, user_id: str) -> Delivery:
    if subscription in wire.state.app.events:
        return tell_event(wire, event, user_id)
    return Delivery({}, None, {}, acked=True)


def _callback(wire: Wire, event: Json, user_id: str | None, event_id: str | None) -> Json:
    state = wire.state
    user = state.users.get(user_id or "")
    channel = state.channels.get(_channel_id(event.get("channel")))
    if channel is not None and user is not None and not can_see(state, user.id, channel):
        raise Impossible(f"{user.id} is not in {channel.id}")
    told = dict(event)
    if user is not None:
        told.setdefault("user", user.id)
    if channel is not None and channel.external and user is not None:
        told.setdefault("user_team", state.team_of(user))
    us = {"enterprise_id": None, "team_id": state.team.id, "user_id": state.bot.id, "is_bot": True}
    return {
        "token": state.app.verification_token,
        "team_id": state.team.id,
        "api_app_id": state.app.id,
        "event": told,
        "type": "event_callback",
        "event_id": event_id or state.new_id("Ev"),
        "event_time": int(state.clock().timestamp()),
        "authorizations": [{**us, "is_enterprise_install": False}],
        "is_ext_shared_channel": channel is not None and channel.is_ext_shared,
        "event_context": state.new_id("EC-"),
    }


def _channel_id(told: object) -> str:
    return str(told.get("id", "")) if isinstance(told, dict) else str(told or "")
