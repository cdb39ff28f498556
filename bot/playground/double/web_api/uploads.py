"""files.*: uploads in three steps, and what became of them."""

from dataclasses import replace
from typing import Any

from bot.playground.double.conversations import add_message, find_message
from bot.playground.double.errors import Refusal
from bot.playground.double.files import LARGEST_BYTES, announce, complete, delete, file_json
from bot.playground.double.records import File, Json, Message
from bot.playground.double.web_api.asked import Asked, Method
from bot.playground.double.world import Channel


def get_upload_url(asked: Asked) -> Json:
    """The first step: where to POST so many bytes."""
    try:
        length = int(asked.text("length"))
    except ValueError:
        raise Refusal("invalid_arguments", "length must be a number of bytes") from None
    if not 0 < length <= LARGEST_BYTES:
        raise Refusal("file_upload_size_restricted", f"{length} bytes")
    file = announce(asked.state, asked.text("filename"), length)
    return {"ok": True, "upload_url": f"{asked.base_url}/upload/v1/{file.upload_key}", "file_id": file.id}


def complete_upload(asked: Asked) -> Json:
    """The last step: name the files, and share them where asked; without a channel nobody sees them yet."""
    entries = asked.json_list("files")
    if not entries or not all(isinstance(entry, dict) and entry.get("id") for entry in entries):
        raise Refusal("invalid_arguments", "files must be a list of objects with an id")
    channels = [_shareable(asked, channel_id) for channel_id in _channel_ids(asked)]
    files = [_completed(asked, entry) for entry in entries]
    for channel in channels:
        _share(asked, channel, files)
    team = asked.state.team.id
    return {"ok": True, "files": [file_json(file, asked.base_url, team) for file in files]}


def info(asked: Asked) -> Json:
    """One file; its mimetype is empty until it can be shown."""
    file = _file(asked)
    shown = file_json(file, asked.base_url, asked.state.team.id)
    if file.ready_at is None or file.ready_at > asked.state.clock():
        shown["mimetype"] = ""
    return {"ok": True, "file": shown}


def remove(asked: Asked) -> Json:
    """Delete one of the bot's files."""
    delete(asked.state, _file(asked))
    return {"ok": True}


def _file(asked: Asked) -> File:
    file = asked.state.files.get(asked.text("file"))
    if file is None:
        raise Refusal("file_not_found")
    if file.deleted:
        raise Refusal("file_deleted")
    return file


def _completed(asked: Asked, entry: dict[str, Any]) -> File:
    title = str(entry.get("title") or "")
    return complete(asked.state, str(entry["id"]), title, delay_seconds=asked.file_delay_seconds)


def _channel_ids(asked: Asked) -> list[str]:
    return (
        [asked.text("channel_id")] if asked.text("channel_id") else [str(each) for each in asked.json_list("channels")]
    )


def _shareable(asked: Asked, channel_id: str) -> Channel:
    channel = replace(asked, args={"channel": channel_id}).channel()
    if not asked.bot_in(channel):
        raise Refusal("not_in_channel")
    if channel.is_archived:
        raise Refusal("posting_to_channel_denied")
    return channel


def _share(asked: Asked, channel: Channel, files: list[File]) -> None:
    thread_ts = asked.text("thread_ts") or None
    if thread_ts and find_message(asked.state, channel.id, thread_ts) is None:
        thread_ts = None
    for file in files:
        file.channels = (*file.channels, channel.id)
    message = Message(
        ts=asked.state.new_ts(),
        channel=channel.id,
        user=asked.state.bot.id,
        bot_id=asked.state.app.bot_id,
        text=asked.text("initial_comment"),
        blocks=asked.blocks(),
        thread_ts=thread_ts,
        files=tuple(file.id for file in files),
    )
    add_message(asked.state, message)


METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
    "files.delete": remove,
}
