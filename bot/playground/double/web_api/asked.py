"""One call of a Web API method, and how its arguments are read."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from bot.playground.double.conversations import is_member
from bot.playground.double.errors import Refusal
from bot.playground.double.records import Json
from bot.playground.double.rules import checked_blocks
from bot.playground.double.state import State
from bot.playground.double.world import Channel

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Asked:
    """A call whose token, arguments and scopes are in order."""

    state: State
    args: Mapping[str, Any]
    base_url: str
    """Where the double is reached: http://127.0.0.1:port."""
    files_unready: bool = False
    """A fault: the files shown by this call's blocks are not ready."""
    file_delay_seconds: float = 0.0
    """A fault: files completed by this call can be shown so much later."""

    def text(self, name: str) -> str:
        """An argument as text; empty when it is not there."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        """An argument that is on or off; clients write 1, true or True."""
        return str(self.args.get(name, "")).lower() in {"1", "true"}

    def json_list(self, name: str) -> list[Any]:
        """A list, or the JSON text of one, or words separated by commas."""
        value = self.args.get(name) or []
        if isinstance(value, str):
            try:
                value = json.loads(value) if value.startswith("[") else value.split(",")
            except ValueError:
                raise Refusal("invalid_arguments", f"{name} is not valid JSON") from None
        if not isinstance(value, list):
            raise Refusal("invalid_arguments", f"{name} must be a list")
        return value

    def limit(self, default: int, most: int) -> int:
        """How many items a page may have."""
        try:
            asked = int(self.text("limit") or default)
        except ValueError:
            raise Refusal("invalid_limit") from None
        if asked < 1:
            raise Refusal("invalid_limit")
        return min(asked, most)

    def blocks(self) -> list[Json]:
        """The checked blocks of a message; none when none were given."""
        given = self.args.get("blocks")
        return checked_blocks(self.state, given, files_unready=self.files_unready) if given else []

    def channel(self, name: str = "channel") -> Channel:
        """The channel that is meant, if the bot may know of it; channel_not_found otherwise."""
        channel = self.state.channels.get(self.text(name))
        if channel is None or (channel.kind != "public" and not self.bot_in(channel)):
            raise Refusal("channel_not_found")
        return channel

    def bot_in(self, channel: Channel) -> bool:
        """Whether the bot is a member."""
        return is_member(channel, self.state.bot.id, self.state.bot.id)


Method: TypeAlias = Callable[[Asked], Json]


def page_of(asked: Asked, items: Sequence[Item], *, default: int = 100, most: int = 1000) -> tuple[list[Item], Json]:
    """One page of the items, and the metadata with the cursor of the next (empty: this was the last)."""
    limit = asked.limit(default, most)
    start = _offset(asked.text("cursor"))
    after = start + limit
    cursor = base64.b64encode(f"at:{after}".encode()).decode() if after < len(items) else ""
    return list(items[start:after]), {"next_cursor": cursor}


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("at:"))
    except ValueError:
        raise Refusal("invalid_cursor") from None
