"""Uploads: announced, filled with bytes, completed; and who may see them."""

from collections.abc import Iterable
from datetime import timedelta
from mimetypes import guess_type

from bot.playground.double.block_kit import shown_files
from bot.playground.double.conversations import can_see, visible_messages
from bot.playground.double.errors import Refusal
from bot.playground.double.records import Change, File, Json
from bot.playground.double.rules import referred_file
from bot.playground.double.state import State

LARGEST_BYTES = 1_000_000_000


def announce(state: State, name: str, length: int) -> File:
    """Begin an upload of so many bytes."""
    with state.lock:
        file_id = state.new_id("F")
        file = File(id=file_id, name=name, length=length, upload_key=state.new_id("up-"))
        state.files[file_id] = file
    return file


def receive(state: State, upload_key: str, content: bytes) -> File:
    """Take the bytes of an announced upload; Refusal when nobody announced them or their number differs."""
    with state.lock:
        file = next((each for each in state.files.values() if each.upload_key == upload_key), None)
        if file is None:
            raise Refusal("file_not_found")
        if len(content) != file.length:
            raise Refusal("length_mismatch", f"{file.length} bytes were announced, {len(content)} came")
        file.content = content
    return file


def complete(state: State, file_id: str, title: str, *, delay_seconds: float) -> File:
    """End an upload; it may be shown in blocks once the delay is over."""
    with state.lock:
        file = state.files.get(file_id)
        if file is None or file.content is None or file.deleted:
            raise Refusal("file_not_found", f"no bytes were uploaded for {file_id}")
        file.title = title or file.name
        file.ready_at = state.clock() + timedelta(seconds=delay_seconds)
    return file


def delete(state: State, file: File) -> None:
    """Take a file away from everybody."""
    with state.lock:
        file.deleted, file.content = True, None
    state.note(Change("state"), *(Change("channel", channel) for channel in file.channels))


def mimetype(file: File) -> str:
    """What the file's name says it is."""
    return guess_type(file.name)[0] or "application/octet-stream"


def file_json(file: File, base_url: str, team_id: str) -> Json:
    """A file as files.info shows it."""
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title,
        "mimetype": mimetype(file),
        "filetype": file.name.rpartition(".")[2] if "." in file.name else "",
        "size": file.length,
        "is_external": False,
        "is_public": False,
        "channels": list(file.channels),
        "url_private": f"{base_url}/files-pri/{team_id}-{file.id}/{file.id}/{file.name}",
    }


def may_see(state: State, user_id: str, file: File) -> bool:
    """Whether a person sees a file: shared where they read along, or shown by blocks they have before them.

    A file that was shared nowhere is seen by nobody but through an image block.
    """
    if file.deleted or file.content is None or file.ready_at is None:
        return False
    with state.lock:
        return any(
            file.id in message.files or _shows(state, message.blocks, file)
            for channel in list(state.channels.values())
            if can_see(state, user_id, channel)
            for message in visible_messages(state, channel.id, user_id)
        ) or any(
            _shows(state, view.given["blocks"], file)
            for view in [*state.stacks[user_id], *filter(None, [state.homes.get(user_id)])]
        )


def _shows(state: State, blocks: Iterable[Json], file: File) -> bool:
    return any(referred_file(state, reference) is file for _, reference in shown_files(list(blocks)))
