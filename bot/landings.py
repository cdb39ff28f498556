"""Where an answer has come to stand, and how a picture gets into it afterwards."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Protocol

from slack_sdk.errors import SlackApiError

from bot.slack_client import Slack, code_of, detail_of
from commands.core.reply import Block, Modal, Reply
from commands.ui.blocks import message_text

ALL_WELL = 200
BAD_BLOCKS = b"invalid_blocks"
"""In the body of what a response URL answers when Slack does not take the blocks."""


class Swap(Enum):
    """What became of showing a picture in an answer."""

    DONE = auto()
    """It is there, or nobody is looking any more."""
    NOT_READY = auto()
    """Slack does not know the file yet: ask again in a moment."""
    REFUSED = auto()


class Landing(Protocol):
    """An answer that stands somewhere and can be given its picture there."""

    @property
    def waits(self) -> tuple[float, ...]:
        """Seconds to wait before each further try while a file is not ready."""
        ...

    def show(self, reply: Reply, picture: Block) -> Swap:
        """Show the picture. OSError: nobody knows whether it worked."""
        ...

    def thread(self) -> tuple[str, str] | None:
        """The channel and message under which a file may be shared; None: only the asker may see it."""
        ...


@dataclass(frozen=True, slots=True)
class AtResponseUrl:
    """An answer that the asker alone sees. The address may be used five times: for the text, then for four tries."""

    slack: Slack
    response_url: str
    original: bool
    """The answer took the place of the message whose button was pressed, which the address can replace again.

    Otherwise the picture comes after it: a slash command has no original, and Slack posts a replacement as one more
    message (slackapi/bolt-python#1268, slackapi/bolt-js#2287).
    """
    waits: tuple[float, ...] = (0.5, 1.0, 2.0)

    def show(self, reply: Reply, picture: Block) -> Swap:
        """Replace the answer, or add to it. Its own blocks were right, so bad ones mean the picture."""
        blocks = reply.with_picture(picture) if self.original else (picture,)
        text = reply.text if self.original or reply.chart is None else reply.chart.alt
        answer = self.slack.respond(self.response_url, private_message(text, blocks, replace=self.original))
        if answer.status == ALL_WELL:
            return Swap.DONE
        return Swap.NOT_READY if BAD_BLOCKS in answer.body else Swap.REFUSED

    def thread(self) -> None:
        """It has no thread."""
        return


@dataclass(frozen=True, slots=True)
class InChannel:
    """A message that everybody in the conversation sees."""

    slack: Slack
    channel_id: str
    ts: str
    waits: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0)

    def show(self, reply: Reply, picture: Block) -> Swap:
        """Edit the message."""
        blocks = list(reply.with_picture(picture))
        try:
            self.slack.posts.chat_update(
                channel=self.channel_id, ts=self.ts, text=message_text(reply.text), blocks=blocks
            )
        except SlackApiError as error:
            return swap_of(error)
        return Swap.DONE

    def thread(self) -> tuple[str, str] | None:
        """Below itself."""
        return (self.channel_id, self.ts)


@dataclass(frozen=True, slots=True)
class InModal:
    """A modal that is open, unless the person has closed it meanwhile."""

    slack: Slack
    view_id: str
    modal: Modal
    waits: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0)

    def show(self, reply: Reply, picture: Block) -> Swap:
        """Show the same modal with the picture in it."""
        view = view_of(self.modal) | {"blocks": list(reply.with_picture(picture))}
        try:
            self.slack.posts.views_update(view_id=self.view_id, view=view)
        except SlackApiError as error:
            return Swap.DONE if code_of(error) == "not_found" else swap_of(error)
        return Swap.DONE

    def thread(self) -> None:
        """It has no thread."""
        return


def swap_of(error: SlackApiError) -> Swap:
    """A file that is not ready is the one refusal worth another try: "invalid slack file [json-pointer:…]"."""
    detail = detail_of(error).replace("_", " ")
    return Swap.NOT_READY if "slack file" in detail else Swap.REFUSED


def private_message(text: str, blocks: tuple[Block, ...], *, replace: bool) -> dict[str, Any]:
    """A message for a response URL that the asker alone sees."""
    message: dict[str, Any] = {
        "response_type": "ephemeral",
        "replace_original": replace,
        "text": message_text(text),
    }
    return message | {"blocks": list(blocks)} if blocks else message


def view_of(modal: Modal) -> Block:
    """The modal as Slack's JSON."""
    view: Block = {
        "type": "modal",
        "title": _short(modal.title),
        "close": _short(modal.close),
        "blocks": list(modal.blocks),
        "callback_id": modal.callback_id,
        "private_metadata": modal.private_metadata,
    }
    return view | {"submit": _short(modal.submit)} if modal.submit else view


def _short(text: str) -> Block:
    return {"type": "plain_text", "text": text[:24], "emoji": True}
