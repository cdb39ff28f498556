"""Response URLs: answers to an interaction without a token, five times within thirty minutes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.playground.double.conversations import add_message, change_message, delete_message, find_message
from bot.playground.double.errors import Refusal
from bot.playground.double.records import Json, Message, ResponseUrl
from bot.playground.double.rules import TEXT_KEPT, checked_blocks
from bot.playground.double.state import State

USES = 5
LIVES = timedelta(minutes=30)
KNOWN = frozenset(
    {
        *("text", "blocks", "attachments", "markdown_text", "mrkdwn", "metadata", "unfurl_links", "unfurl_media"),
        *("response_type", "replace_original", "delete_original", "thread_ts"),
    }
)


def new_response_url(state: State, user: str, channel: str, original_ts: str | None = None) -> ResponseUrl:
    """Where answers to an interaction go; `original_ts` is the message whose button was pressed."""
    with state.lock:
        url = ResponseUrl(state.new_id("R"), user, channel, state.clock(), original_ts)
        state.response_urls[url.id] = url
        return url


def take_answer(state: State, url_id: str, answer: Mapping[str, Any], *, files_unready: bool = False) -> None:
    """Do what an answer says; Refusal when the URL is unknown, old or used up, or the content is not acceptable.

    A slash command has no original: `replace_original` then posts a new message, as Slack does (bolt-python #1268).
    For a button, an answer without `replace_original` stands beside the message; Slack's own default is not documented,
    so say which is meant.
    """
    with state.lock:
        url = state.response_urls.get(url_id)
        if url is None or state.clock() - url.issued_at > LIVES:
            raise Refusal("expired_url")
        if url.uses >= USES:
            raise Refusal("used_url")
        if unknown := set(answer) - KNOWN:
            raise Refusal("invalid_arguments", *(f"unknown argument: {each}" for each in sorted(unknown)))
        _answer(state, url, answer, files_unready=files_unready)
        url.uses += 1


def _answer(state: State, url: ResponseUrl, answer: Mapping[str, Any], *, files_unready: bool) -> None:
    original = find_message(state, url.channel, url.original_ts) if url.original_ts else None
    if _on(answer, "delete_original"):
        if original is None:
            raise Refusal("message_not_found")
        delete_message(state, original)
        return
    text, blocks = content_of(state, answer, files_unready=files_unready)
    if original is not None and _on(answer, "replace_original"):
        change_message(state, original, text=text, blocks=blocks, edited=original.ephemeral_to is None)
        return
    in_channel = answer.get("response_type") == "in_channel"
    post_answer(state, url, text, blocks, to=None if in_channel else url.user, thread_ts=answer.get("thread_ts"))


def content_of(state: State, answer: Mapping[str, Any], *, files_unready: bool = False) -> tuple[str, list[Json]]:
    """The text and the checked blocks of an answer; Refusal when there are neither."""
    text = str(answer.get("text") or answer.get("markdown_text") or "")
    blocks = checked_blocks(state, answer["blocks"], files_unready=files_unready) if answer.get("blocks") else []
    if not text and not blocks:
        raise Refusal("no_text")
    return text[:TEXT_KEPT], blocks


def post_answer(
    state: State, url: ResponseUrl, text: str, blocks: list[Json], *, to: str | None, thread_ts: str | None = None
) -> Message:
    """Put an answer of the bot's into the channel of the interaction, for one person or for everybody."""
    message = Message(
        ts=state.new_ts(),
        channel=url.channel,
        user=state.bot.id,
        bot_id=state.app.bot_id,
        text=text,
        blocks=blocks,
        thread_ts=thread_ts,
        ephemeral_to=to,
    )
    return add_message(state, message)


def _on(answer: Mapping[str, Any], name: str) -> bool:
    return str(answer.get(name, "")).lower() == "true"
