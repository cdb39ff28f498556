"""conversations.*: what channels there are, who is in them, what was said."""

from bot.playground.double.conversations import direct_channel, find_message, replies_to, share_a_channel
from bot.playground.double.errors import Refusal
from bot.playground.double.records import Json, Message
from bot.playground.double.rules import check_channel_scope, missing_scope
from bot.playground.double.state import State
from bot.playground.double.web_api.asked import Asked, Method, page_of
from bot.playground.double.world import Channel

TYPES = {"public_channel": "public", "private_channel": "private", "im": "im"}


def info(asked: Asked) -> Json:
    """One channel with its sharing flags."""
    channel = asked.channel()
    check_channel_scope(asked.state, channel.kind, "read")
    shown = channel_json(asked, channel)
    if asked.flag("include_num_members"):
        shown["num_members"] = len(_members(asked.state, channel))
    return {"ok": True, "channel": shown}


def all_channels(asked: Asked) -> Json:
    """The channels of the asked types that the bot may know of."""
    types = asked.json_list("types") or ["public_channel"]
    if unknown := set(types) - set(TYPES) - {"mpim"}:
        raise Refusal("invalid_types", f"unknown: {sorted(unknown)}")
    kinds = {TYPES[each] for each in types if each in TYPES}
    for kind in sorted(kinds):
        check_channel_scope(asked.state, kind, "read")
    found = [
        channel
        for channel in asked.state.channels.values()
        if channel.kind in kinds
        and (channel.kind == "public" or asked.bot_in(channel))
        and not (channel.is_archived and asked.flag("exclude_archived"))
    ]
    shown, metadata = page_of(asked, found)
    return {"ok": True, "channels": [channel_json(asked, each) for each in shown], "response_metadata": metadata}


def open_direct(asked: Asked) -> Json:
    """The direct conversation with one person; conversations with several are not part of the double."""
    if "im:write" not in asked.state.app.scopes:
        raise missing_scope(asked.state, "im:write")
    if asked.text("channel"):
        return {"ok": True, "channel": {"id": asked.channel().id}}
    users = asked.json_list("users")
    if not users:
        raise Refusal("users_list_not_supplied")
    if len(users) > 1:
        raise Refusal("method_not_supported_for_channel_type", "the double knows no conversations of several")
    channel, begun = _direct_with(asked, str(users[0]))
    shown = channel_json(asked, channel) if asked.flag("return_im") else {"id": channel.id}
    return {"ok": True, "no_op": not begun, "already_open": not begun, "channel": shown}


def _direct_with(asked: Asked, user_id: str) -> tuple[Channel, bool]:
    user = asked.state.users.get(user_id)
    if user is None:
        raise Refusal("user_not_found")
    if user.deleted:
        raise Refusal("user_disabled")
    if user.is_bot:
        raise Refusal("invalid_user_combination")
    if asked.state.is_outsider(user) and not share_a_channel(asked.state, user.id):
        raise Refusal("user_not_visible")
    before = len(asked.state.channels)
    channel = direct_channel(asked.state, user.id)
    return channel, len(asked.state.channels) > before


def history(asked: Asked) -> Json:
    """What was said in a channel, newest first; threads and ephemerals are not part of it."""
    channel = _readable(asked)
    said = [each for each in _everybodys(asked, channel) if each.thread_ts in {None, each.ts}]
    shown, metadata = page_of(asked, [each for each in reversed(said) if _in_range(asked, each.ts)])
    more = bool(metadata["next_cursor"])
    messages = [_with_replies(asked, each) for each in shown]
    return {"ok": True, "messages": messages, "has_more": more, "response_metadata": metadata}


def replies(asked: Asked) -> Json:
    """A thread: the message it hangs on, then the answers, oldest first."""
    channel = _readable(asked)
    parent = find_message(asked.state, channel.id, asked.text("ts"))
    if parent is None or parent.ephemeral_to:
        raise Refusal("thread_not_found")
    answers = [each for each in _everybodys(asked, channel) if each.thread_ts == parent.ts and each is not parent]
    shown, metadata = page_of(asked, [parent, *(each for each in answers if _in_range(asked, each.ts))])
    messages = [_with_replies(asked, each) for each in shown]
    return {"ok": True, "messages": messages, "has_more": bool(metadata["next_cursor"]), "response_metadata": metadata}


def members(asked: Asked) -> Json:
    """Who is in a channel."""
    channel = asked.channel()
    check_channel_scope(asked.state, channel.kind, "read")
    shown, metadata = page_of(asked, _members(asked.state, channel))
    return {"ok": True, "members": shown, "response_metadata": metadata}


def channel_json(asked: Asked, channel: Channel) -> Json:
    """A channel as conversations.info shows it."""
    common: Json = {"id": channel.id, "is_im": channel.kind == "im", "is_archived": channel.is_archived}
    if channel.kind == "im":
        return {**common, "user": channel.members[0], "is_open": True, "is_org_shared": False}
    teams = [asked.state.team.id, *channel.connected_team_ids]
    return {
        **common,
        "name": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind == "private",
        "is_general": False,
        "is_member": asked.bot_in(channel),
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_pending_ext_shared": channel.is_pending_ext_shared,
        "is_org_shared": False,
        "context_team_id": asked.state.team.id,
        "shared_team_ids": teams if channel.is_ext_shared else [asked.state.team.id],
        "connected_team_ids": list(channel.connected_team_ids),
        "topic": {"value": channel.topic},
    }


def _members(state: State, channel: Channel) -> list[str]:
    return [*channel.members, *([state.bot.id] if channel.bot_member else [])]


def _readable(asked: Asked) -> Channel:
    channel = asked.channel()
    check_channel_scope(asked.state, channel.kind, "history")
    if not asked.bot_in(channel):
        raise Refusal("not_in_channel")
    return channel


def _everybodys(asked: Asked, channel: Channel) -> list[Message]:
    return [each for each in asked.state.messages[channel.id] if not each.deleted and each.ephemeral_to is None]


def _in_range(asked: Asked, ts: str) -> bool:
    oldest, latest = asked.text("oldest") or "0", asked.text("latest") or "9" * 12
    if asked.flag("inclusive"):
        return float(oldest) <= float(ts) <= float(latest)
    return float(oldest) < float(ts) < float(latest)


def _with_replies(asked: Asked, message: Message) -> Json:
    shown = message.as_slack()
    if message.thread_ts == message.ts:
        shown["reply_count"] = replies_to(asked.state, message)
    if message.metadata and asked.flag("include_all_metadata"):
        shown["metadata"] = message.metadata
    return shown


METHODS: dict[str, Method] = {
    "conversations.info": info,
    "conversations.list": all_channels,
    "conversations.open": open_direct,
    "conversations.history": history,
    "conversations.replies": replies,
    "conversations.members": members,
}
