"""People who come and go: deactivated and back, out of a channel and into it. The app hears of it as it subscribed."""

from dataclasses import replace

from bot.playground.double.deliveries import Delivery, Wire
from bot.playground.double.errors import Impossible
from bot.playground.double.events import tell_event
from bot.playground.double.records import Change, Json
from bot.playground.double.web_api.people import user_json
from bot.playground.double.world import Channel, User

CHANNEL_LETTERS = {"public": "C", "private": "G"}
WHAT = ("deactivate", "reactivate", "leave", "join")
"""What may happen to somebody; the last two in a channel."""


def happen(wire: Wire, what: str, user_id: str, channel_id: str = "") -> Delivery:
    """Let one of WHAT happen to somebody."""
    match what:
        case "deactivate" | "reactivate":
            return deactivate(wire, user_id, deleted=what == "deactivate")
        case "leave" | "join":
            return move(wire, user_id, channel_id, there=what == "join")
    raise Impossible(f"nobody can {what}; what may happen: {', '.join(WHAT)}")


def deactivate(wire: Wire, user_id: str, *, deleted: bool) -> Delivery:
    """Deactivate somebody's account, or take that back."""
    state = wire.state
    with state.lock:
        user = _anybody(wire, user_id)
        if user.deleted is deleted:
            raise Impossible(f"{user_id} is {'deactivated' if deleted else 'active'} already")
        changed = replace(user, deleted=deleted, updated=int(state.clock().timestamp()))
        state.users[user_id] = changed
    state.note(Change("state"))
    return _tell(wire, "user_change", {"user": user_json(state, changed, locale=True), "cache_ts": 0})


def move(wire: Wire, user_id: str, channel_id: str, *, there: bool) -> Delivery:
    """Let somebody join a channel, or leave it."""
    state = wire.state
    with state.lock:
        user, channel = _anybody(wire, user_id), state.channels.get(channel_id)
        if channel is None or channel.kind not in CHANNEL_LETTERS:
            raise Impossible(f"there is no channel {channel_id}")
        if user.deleted:
            raise Impossible(f"{user_id} is deactivated and can do nothing")
        if (user_id in channel.members) is there:
            raise Impossible(f"{user_id} is {'in' if there else 'not in'} {channel_id} already")
        members = [*channel.members, user_id] if there else [each for each in channel.members if each != user_id]
        state.channels[channel_id] = replace(channel, members=members)
    state.note(Change("state"))
    kind = "member_joined_channel" if there else "member_left_channel"
    if not channel.bot_member:
        return _nothing()
    return _tell(wire, kind, _where(wire, user, channel))


def _where(wire: Wire, user: User, channel: Channel) -> Json:
    letter = CHANNEL_LETTERS[channel.kind]
    return {"user": user.id, "channel": channel.id, "channel_type": letter, "team": wire.state.team_of(user)}


def _anybody(wire: Wire, user_id: str) -> User:
    user = wire.state.users.get(user_id)
    if user is None or user.is_bot:
        raise Impossible(f"nobody has the id {user_id}")
    return user


def _tell(wire: Wire, kind: str, about: Json) -> Delivery:
    if kind not in wire.state.app.events:
        return _nothing()
    return tell_event(wire, {"type": kind, **about, "event_ts": wire.state.new_ts()})


def _nothing() -> Delivery:
    return Delivery({}, None, {}, acked=True)
