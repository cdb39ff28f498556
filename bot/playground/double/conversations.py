"""Who sees which conversation and which of its messages."""

from dataclasses import replace

from bot.playground.double.errors import Impossible
from bot.playground.double.records import Change, Json, Message
from bot.playground.double.state import State
from bot.playground.double.world import Channel, User


def person(state: State, user_id: str) -> User:
    """The living person with this id; Impossible if there is none or they are deactivated."""
    user = state.users.get(user_id)
    if user is None:
        raise Impossible(f"nobody has the id {user_id}")
    if user.deleted:
        raise Impossible(f"{user_id} is deactivated and can do nothing")
    return user


def is_member(channel: Channel, user_id: str, bot_id: str) -> bool:
    """Whether somebody, or the bot, is in the channel."""
    return user_id in channel.members or (user_id == bot_id and channel.bot_member)


def can_see(state: State, user_id: str, channel: Channel) -> bool:
    """Whether a person can read along: members, and full members of the company in its public channels."""
    if is_member(channel, user_id, state.bot.id):
        return True
    user = state.users.get(user_id)
    return user is not None and channel.kind == "public" and not user.guest and not state.is_outsider(user)


def own_channels(state: State, user_id: str) -> list[Channel]:
    """The conversations a person is in."""
    return [channel for channel in state.channels.values() if user_id in channel.members]


def share_a_channel(state: State, user_id: str) -> bool:
    """Whether the bot and this person are together in some channel."""
    return any(channel.bot_member and user_id in channel.members for channel in state.channels.values())


def direct_channel(state: State, user_id: str) -> Channel:
    """The direct conversation of a person with the bot, begun now if there was none."""
    with state.lock:
        for channel in state.channels.values():
            if channel.kind == "im" and tuple(channel.members) == (user_id,) and channel.bot_member:
                return channel
        opened = Channel(id=state.new_id("D"), name=user_id, kind="im", members=(user_id,))
        state.channels[opened.id] = opened
    state.note(Change("state", only=user_id))
    return opened


def visible_messages(state: State, channel_id: str, viewer: str | None) -> list[Message]:
    """Copies of what a person sees in a channel, oldest first; None sees everything, ephemerals too."""
    with state.lock:
        channel = state.channels.get(channel_id)
        if channel is None or (viewer is not None and not can_see(state, viewer, channel)):
            return []
        return [
            replace(message)
            for message in state.messages[channel_id]
            if not message.deleted and (viewer is None or message.ephemeral_to in {None, viewer})
        ]


def find_message(state: State, channel_id: str, ts: str) -> Message | None:
    """The message itself, ephemeral or not; None when there is none or it was deleted."""
    with state.lock:
        found = (message for message in state.messages[channel_id] if message.ts == ts and not message.deleted)
        return next(found, None)


def add_message(state: State, message: Message) -> Message:
    """Put a message into its channel, and begin a thread where it answers."""
    with state.lock:
        parent = find_message(state, message.channel, message.thread_ts) if message.thread_ts else None
        if parent is not None:
            parent.thread_ts = parent.ts
        state.messages[message.channel].append(message)
    state.note(Change("channel", message.channel, message.ephemeral_to))
    return message


def change_message(state: State, message: Message, *, text: str, blocks: list[Json], edited: bool = True) -> None:
    """Put new content into a message."""
    with state.lock:
        message.text, message.blocks = text, blocks
        message.edited_ts = state.new_ts() if edited else message.edited_ts
    state.note(Change("channel", message.channel, message.ephemeral_to))


def delete_message(state: State, message: Message) -> None:
    """Take a message away from everybody."""
    with state.lock:
        message.deleted = True
    state.note(Change("channel", message.channel, message.ephemeral_to))


def replies_to(state: State, message: Message) -> int:
    """How many answers a message has in its thread that everybody sees."""
    return sum(
        other.thread_ts == message.ts and other.ts != message.ts and not other.deleted and other.ephemeral_to is None
        for other in state.messages[message.channel]
    )
