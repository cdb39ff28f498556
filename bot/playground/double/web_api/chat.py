"""chat.*: posting, changing and deleting messages."""

from dataclasses import replace

from bot.playground.double.conversations import (
    add_message,
    change_message,
    delete_message,
    direct_channel,
    find_message,
    is_member,
    share_a_channel,
)
from bot.playground.double.errors import Refusal
from bot.playground.double.records import Json, Message
from bot.playground.double.rules import TEXT_KEPT, TEXT_UPDATED, json_object, missing_scope
from bot.playground.double.web_api.asked import Asked, Method
from bot.playground.double.world import Channel


def post_message(asked: Asked) -> Json:
    """Post to everybody in a channel; a person's id means the direct conversation with them."""
    channel = _postable(asked, _addressed(asked))
    message = _composed(asked, channel)
    if metadata := asked.args.get("metadata"):
        message = replace(message, metadata=json_object(metadata, "metadata"))
    add_message(asked.state, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": message.as_slack()}


def post_ephemeral(asked: Asked) -> Json:
    """Show something to one person in a channel."""
    channel = _postable(asked, _addressed(asked))
    user = asked.text("user")
    if not is_member(channel, user, asked.state.bot.id):
        raise Refusal("user_not_in_channel")
    message = replace(_composed(asked, channel), ephemeral_to=user)
    add_message(asked.state, message)
    return {"ok": True, "message_ts": message.ts}


def update(asked: Asked) -> Json:
    """Put new content into a message of the bot's own; blocks that are not given stay."""
    channel = asked.channel()
    message = _own_message(asked, channel, "ts", denied="cant_update_message")
    text = asked.text("text")
    if len(text) > TEXT_UPDATED:
        raise Refusal("msg_too_long", f"text has {len(text)} characters, at most {TEXT_UPDATED}")
    if not text and asked.args.get("blocks") is None:
        raise Refusal("no_text")
    blocks = message.blocks if asked.args.get("blocks") is None else asked.blocks()
    change_message(asked.state, message, text=text, blocks=blocks)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "text": text, "message": message.as_slack()}


def delete(asked: Asked) -> Json:
    """Take one of the bot's own messages away."""
    channel = asked.channel()
    message = _own_message(asked, channel, "ts", denied="cant_delete_message")
    delete_message(asked.state, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts}


def get_permalink(asked: Asked) -> Json:
    """The address of a message."""
    channel = asked.channel()
    message = find_message(asked.state, channel.id, asked.text("message_ts"))
    if message is None or message.ephemeral_to:
        raise Refusal("message_not_found")
    path = f"archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"ok": True, "channel": channel.id, "permalink": f"{asked.base_url}/{path}"}


def _addressed(asked: Asked) -> Channel:
    user = asked.state.users.get(asked.text("channel"))
    if user is None:
        return asked.channel()
    outsider = asked.state.is_outsider(user)
    if user.deleted or user.is_bot or (outsider and not share_a_channel(asked.state, user.id)):
        raise Refusal("channel_not_found")
    return direct_channel(asked.state, user.id)


def _postable(asked: Asked, channel: Channel) -> Channel:
    if channel.is_archived:
        raise Refusal("is_archived")
    if not asked.bot_in(channel) and "chat:write.public" not in asked.state.app.scopes:
        raise Refusal("not_in_channel")
    if any(asked.args.get(name) for name in ("username", "icon_url", "icon_emoji")) and (
        "chat:write.customize" not in asked.state.app.scopes
    ):
        raise missing_scope(asked.state, "chat:write.customize")
    return channel


def _composed(asked: Asked, channel: Channel) -> Message:
    blocks, text = asked.blocks(), asked.text("text") or asked.text("markdown_text")
    if not blocks and not text:
        raise Refusal("no_text")
    thread_ts = asked.text("thread_ts") or None
    if thread_ts and find_message(asked.state, channel.id, thread_ts) is None:
        raise Refusal("cannot_reply_to_message", f"{channel.id} has no message {thread_ts}")
    return Message(
        ts=asked.state.new_ts(),
        channel=channel.id,
        user=asked.state.bot.id,
        bot_id=asked.state.app.bot_id,
        text=text[:TEXT_KEPT],
        blocks=blocks,
        thread_ts=thread_ts,
    )


def _own_message(asked: Asked, channel: Channel, name: str, *, denied: str) -> Message:
    message = find_message(asked.state, channel.id, asked.text(name))
    if message is None or message.ephemeral_to:
        raise Refusal("message_not_found")
    if message.bot_id != asked.state.app.bot_id:
        raise Refusal(denied)
    return message


METHODS: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": get_permalink,
}
