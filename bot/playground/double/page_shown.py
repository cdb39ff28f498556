"""What the page draws for a person: the sidebar, a conversation, the modal and the Home."""

from dataclasses import asdict
from datetime import UTC, datetime

from bot.playground.double.conversations import direct_channel, own_channels, replies_to, visible_messages
from bot.playground.double.files import mimetype
from bot.playground.double.records import Json, Message, View
from bot.playground.double.state import State
from bot.playground.double.views import view_json
from bot.playground.double.world import Channel, User


def sidebar(state: State, viewer: User, *, connected: bool) -> Json:
    """The workspace as one person sees it."""
    if not state.is_outsider(viewer):
        direct_channel(state, viewer.id)  # the app is in everybody's sidebar, and with it its conversation
    with state.lock:
        return {
            "team": {"id": state.team.id, "name": state.team.name},
            "me": _person(state, viewer),
            "users": [_person(state, user) for user in state.users.values() if not user.deleted],
            "deactivated": [_person(state, user) for user in state.users.values() if user.deleted],
            "channels": [_channel(state, channel, viewer) for channel in own_channels(state, viewer.id)],
            "commands": [dict(command) for command in state.app.known_commands()],
            "bot": {"user_id": state.bot.id, "name": state.bot.shown_name, "connected": connected},
            "faults": [
                {"method": method, "kind": type(fault).__name__, "times": times, **asdict(fault)}
                for method, fault, times in state.faults.waiting()
            ],
        }


def conversation(state: State, viewer: User, channel: Channel, thread_ts: str | None) -> Json:
    """The messages of a channel, or of one thread in it; what was read is no longer unread."""
    with state.lock:
        seen = visible_messages(state, channel.id, viewer.id)
        if seen:
            state.read_until[viewer.id, channel.id] = seen[-1].ts
        shown = [each for each in seen if _belongs(each, thread_ts)]
        return {"messages": [_message(state, each) for each in shown]}


def modal(state: State, viewer: User) -> Json:
    """The modal on top of a person's stack."""
    with state.lock:
        stack = state.stacks[viewer.id]
        return {"view": view_json(state, stack[-1]) if stack else None, "depth": len(stack)}


def home(state: State, viewer: User) -> Json:
    """A person's Home."""
    view: View | None = state.homes.get(viewer.id)
    return {"view": view_json(state, view) if view else None}


def _person(state: State, user: User) -> Json:
    external = state.is_outsider(user)
    role = "bot" if user.is_bot else "outsider" if external else "guest" if user.guest else "member"
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.shown_name,
        "locale": user.locale,
        "email": user.email,
        "role": "admin" if user.is_admin else role,
        "color": user.color,
        "avatar": user.avatar,
        "external": external,
        "guest": user.guest,
        "is_bot": user.is_bot,
    }


def _channel(state: State, channel: Channel, viewer: User) -> Json:
    read = state.read_until.get((viewer.id, channel.id), "0")
    seen = visible_messages(state, channel.id, viewer.id)
    unread = sum(float(each.ts) > float(read) and each.user != viewer.id for each in seen)
    shown = {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "external": channel.external,
        "archived": channel.is_archived,
        "topic": channel.topic,
        "members": [*channel.members, *([state.bot.id] if channel.bot_member else [])],
        "unread": unread,
    }
    if channel.kind == "im":
        shown["with"] = next((each for each in channel.members if each != viewer.id), state.bot.id)
    return shown


def _belongs(message: Message, thread_ts: str | None) -> bool:
    """In a channel: what is in no thread or begins one, and ephemerals in a thread nowhere else than there."""
    if thread_ts:
        return thread_ts in {message.ts, message.thread_ts}
    return message.thread_ts in {None, message.ts}


def _message(state: State, message: Message) -> Json:
    moment = datetime.fromtimestamp(float(message.ts), UTC)
    return {
        "ts": message.ts,
        "user": message.user,
        "text": message.text,
        "blocks": message.blocks,
        "ephemeral": message.ephemeral_to is not None,
        "thread_ts": message.thread_ts,
        "reply_count": replies_to(state, message),
        "edited": message.edited_ts is not None,
        "time": moment.isoformat(),
        "files": [_file(state, file_id) for file_id in message.files],
        "reactions": [{"name": name, "user": user} for name, user in message.reactions],
    }


def _file(state: State, file_id: str) -> Json:
    file = state.files[file_id]
    shown = {"id": file.id, "name": file.name, "title": file.title, "mimetype": mimetype(file), "size": file.length}
    return {**shown, "deleted": file.deleted}
