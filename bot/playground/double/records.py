"""What the double remembers: messages, files, views, triggers, response URLs and the calls that were made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


@dataclass(slots=True)
class Message:
    """One message; what a person sees of it is up to `conversations.visible_messages`."""

    ts: str
    """Its id within the channel, and its moment: seconds since 1970 with microseconds."""
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    """The ts of the message this one answers in a thread, or its own once it has answers; None: no thread."""
    ephemeral_to: str | None = None
    """The only person who sees it; None: everybody in the channel."""
    files: tuple[str, ...] = ()
    """Ids of the files shared with it."""
    deleted: bool = False
    edited_ts: str | None = None
    bot_id: str | None = None
    metadata: Json | None = None
    reactions: tuple[tuple[str, str], ...] = ()
    """Pairs of emoji name and user id."""

    def as_slack(self) -> Json:
        """The message as Slack's API and payloads show it."""
        shown: Json = {"type": "message", "ts": self.ts, "user": self.user, "text": self.text}
        if self.blocks:
            shown["blocks"] = self.blocks
        if self.bot_id:
            shown["bot_id"] = self.bot_id
        if self.thread_ts:
            shown["thread_ts"] = self.thread_ts
        if self.edited_ts:
            shown["edited"] = {"user": self.user, "ts": self.edited_ts}
        if self.files:
            shown["files"] = [{"id": file_id} for file_id in self.files]
        if self.reactions:
            names = dict.fromkeys(name for name, _ in self.reactions)
            by_name = {name: [user for put, user in self.reactions if put == name] for name in names}
            shown["reactions"] = [{"name": name, "users": us, "count": len(us)} for name, us in by_name.items()]
        return shown


@dataclass(slots=True)
class File:
    """An upload: announced, then filled with bytes, then completed."""

    id: str
    name: str
    length: int
    """Bytes announced; the upload must have as many."""
    upload_key: str
    title: str = ""
    content: bytes | None = None
    """None until the bytes were posted."""
    ready_at: datetime | None = None
    """When it may be shown in blocks; None until it is completed."""
    channels: tuple[str, ...] = ()
    deleted: bool = False


@dataclass(slots=True)
class View:
    """A modal or a Home as one person has it before them."""

    id: str
    user: str
    given: Json
    """The view as the app sent it, with the ids that Slack fills in."""
    hash: str
    values: dict[str, Json] = field(default_factory=dict)
    """What the person has entered, by block id and action id."""
    root_id: str = ""
    previous_id: str | None = None


@dataclass(slots=True)
class Trigger:
    """The right to open a modal for a person, for three seconds, once."""

    id: str
    user: str
    issued_at: datetime
    view_id: str | None = None
    """The open view it came from; only then may a view be pushed."""
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """Where the answers to one interaction go: five times within thirty minutes."""

    id: str
    user: str
    channel: str
    issued_at: datetime
    original_ts: str | None = None
    """The message whose button was pressed; None for a slash command, which has nothing to replace."""
    uses: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """One request that the app made: a Web API method, "response_url" or "upload"."""

    method: str
    args: Mapping[str, Any]
    ok: bool
    error: str | None = None
    """Slack's code, or the fault that happened; None when all went well."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something a page may want to draw again."""

    scope: str
    """channel, modal, home or state."""
    channel: str | None = None
    only: str | None = None
    """The one person who can notice; None: everybody who sees the channel, or simply everybody."""
