"""Looking for a message of ours in its channel, by its mark, when nobody knows whether Slack took it."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack_client import code_of
from storage.queries.letters import Letter

MARGIN = timedelta(seconds=120)
"""Slack's clock and ours may differ by so much."""
PAGE = 200
MOST_PAGES = 20

_CLOSED = frozenset(
    {
        "missing_scope",
        "not_in_channel",
        "channel_not_found",
        "no_permission",
        "method_not_supported_for_channel_type",
        "is_archived",
        "thread_not_found",
        "not_allowed_token_type",
    }
)


class Unreadable(Exception):
    """The channel may not be read, so there is no way to know."""


def found_at(reads: WebClient, letter: Letter, channel_id: str) -> str | None:
    """The ts of the message in its channel or thread; None: it is certainly not there.

    Unreadable where the bot may not read there, or where so much was said since that it cannot be read through;
    SlackApiError or OSError where it may be read later.
    """
    try:
        return next((str(one["ts"]) for one in _said(reads, letter, channel_id) if _is_it(one, letter)), None)
    except SlackApiError as error:
        if code_of(error) in _CLOSED:
            raise Unreadable(code_of(error)) from error
        raise


def _said(reads: WebClient, letter: Letter, channel_id: str) -> Iterator[Mapping[str, Any]]:
    """What was said since shortly before the attempt."""
    since = f"{(letter.attempted_at - MARGIN).timestamp():.6f}"
    cursor = ""
    for _ in range(MOST_PAGES):
        where: dict[str, Any] = {"channel": channel_id, "oldest": since, "limit": PAGE, "cursor": cursor or None}
        if letter.threaded:
            page = reads.conversations_replies(ts=letter.ts or "", **where)
        else:
            page = reads.conversations_history(**where)
        yield from page["messages"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return
    raise Unreadable("too_much_was_said")


def _is_it(message: Mapping[str, Any], letter: Letter) -> bool:
    if letter.file_id is not None and any(one.get("id") == letter.file_id for one in message.get("files") or ()):
        return True
    return any(block.get("block_id") == letter.mark for block in message.get("blocks") or ())
