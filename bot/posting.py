"""The call that puts a message of the outbox into Slack: who reads along, its picture or file, its mark."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from slack_sdk.errors import SlackApiError

from bot.people import People
from bot.slack_client import SLACK_FAULTS, Slack, code_of, detail_of, is_refusal
from commands.core.posted import read
from commands.core.reply import Block, Chart, Reply
from commands.ui.blocks import image, message_text, section
from commands.ui.cards.delivery_words import OUTSIDERS
from storage.queries.letters import Letter

logger = logging.getLogger(__name__)

TURN_LOST = "turn_lost"
FILE_WAITS = (0.5, 1.0, 2.0, 4.0)
"""Seconds to wait for Slack to know a picture that was just uploaded."""


class ChartFiles(Protocol):
    """What turns a chart into a file of Slack's: bot.chart_files.ChartFiles."""

    def id_of(self, chart: Chart) -> str | None:
        """The id of the uploaded picture; None where there is none to show."""
        ...

    def drop(self, chart: Chart) -> None:
        """Forget it: Slack does not show it."""
        ...


class Wrong(Exception):
    """The message must not or cannot go there; `code` says why in Slack's words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Turn(Protocol):
    """The sender's right to make the call."""

    def begin(self) -> None:
        """Commit that the call comes next; Wrong if the turn is lost."""
        ...

    def remember_file(self, file_id: str) -> None:
        """Commit what Slack calls the file that is about to be shared."""
        ...


@dataclass(frozen=True, slots=True)
class Posting:
    """What it takes to post."""

    slack: Slack
    people: People
    """Asks Slack once, without retries."""
    charts: ChartFiles
    wait: Callable[[float], object]
    """Sleeps for so many seconds, or less when the bot is to stop."""

    def post(self, letter: Letter, turn: Turn) -> tuple[str, str | None]:
        """Make the call; the channel and the ts at which the message stands now (None for a file's).

        Wrong where the message must not go there, or the turn is lost; SlackApiError or OSError as Slack answers.
        """
        channel_id = self.channel_of(letter)
        if letter.file_name is not None:
            self._share_file(letter, turn, channel_id)
            return channel_id, None
        reply = read(letter.content)
        picture = self._picture_of(reply)
        for seconds in FILE_WAITS:
            try:
                return self._say(letter, turn, channel_id, reply, picture)
            except SlackApiError as error:
                if not _bad_blocks(error):
                    raise
                if picture is None or not _not_ready(error):
                    break
                self.wait(seconds)
        return self._plainer(letter, turn, channel_id, reply, picture)

    def take_back(self, letter: Letter, channel_id: str, ts: str | None) -> None:
        """Delete what this sender, paused between its last look at the clock and the call, has posted a second time."""
        logger.warning("message %s was sent by another process meanwhile; mine is taken back", letter.id)
        try:
            if ts is None:
                self.slack.reads.files_delete(file=letter.file_id or "")
            else:
                self.slack.reads.chat_delete(channel=channel_id, ts=ts)
        except SLACK_FAULTS as error:
            logger.error("message %s stands twice in %s: %s", letter.id, channel_id, code_of(error))  # noqa: TRY400

    def _plainer(
        self, letter: Letter, turn: Turn, channel_id: str, reply: Reply, picture: Block | None
    ) -> tuple[str, str | None]:
        """Once more as it is, then without the picture, then as text: Slack refuses a message for one bad block."""
        shapes = [(reply, picture)]
        shapes += [(reply, None)] if picture is not None else []
        for shape, shown in shapes:
            try:
                return self._say(letter, turn, channel_id, shape, shown)
            except SlackApiError as error:
                if not _bad_blocks(error):
                    raise
                logger.warning("Slack refused the blocks of message %s: %s", letter.id, detail_of(error))
        if picture is not None and reply.chart is not None:
            self.charts.drop(reply.chart)
        return self._say(letter, turn, channel_id, Reply(reply.text), None)

    def channel_of(self, letter: Letter) -> str:
        """The channel that is written to, if only colleagues read it at this moment; Wrong otherwise.

        What is meant for a customer goes where it is meant to.
        """
        if letter.to_customer:
            return self.people.customer_channel(letter.destination)
        channel_id = self.people.inside(letter.destination)
        if channel_id is None:
            raise Wrong(OUTSIDERS)
        return channel_id

    def _picture_of(self, reply: Reply) -> Block | None:
        if reply.chart is None:
            return None
        try:
            file_id = self.charts.id_of(reply.chart)
        except SLACK_FAULTS as error:
            logger.warning("the chart %s could not be uploaded: %s", reply.chart.id, code_of(error))
            return None
        return None if file_id is None else image(file_id, reply.chart.alt)

    def _say(
        self, letter: Letter, turn: Turn, channel_id: str, reply: Reply, picture: Block | None
    ) -> tuple[str, str | None]:
        blocks = reply.blocks if picture is None else reply.with_picture(picture)
        marked = _marked(blocks or (section(message_text(reply.text)),), letter.mark)
        turn.begin()
        if letter.edits:
            done = self.slack.outbox.chat_update(
                channel=letter.channel_id or channel_id,
                ts=letter.ts or "",
                text=message_text(reply.text),
                blocks=marked,
            )
        else:
            done = self.slack.outbox.chat_postMessage(
                channel=channel_id,
                text=message_text(reply.text),
                blocks=marked,
                thread_ts=letter.ts if letter.threaded else None,
                unfurl_links=False,
                unfurl_media=False,
            )
        return str(done["channel"]), str(done["ts"])

    def _share_file(self, letter: Letter, turn: Turn, channel_id: str) -> None:
        """Upload the file anew and share it; an earlier upload that was never shared is seen by nobody."""
        content, name = letter.file_bytes or b"", letter.file_name or ""
        ticket = self.slack.outbox.files_getUploadURLExternal(filename=name, length=len(content))
        self.slack.store(str(ticket["upload_url"]), content)
        file_id = str(ticket["file_id"])
        turn.remember_file(file_id)
        turn.begin()
        self.slack.outbox.files_completeUploadExternal(
            files=[{"id": file_id, "title": name}],
            channel_id=channel_id,
            thread_ts=letter.ts if letter.threaded else None,
            initial_comment=message_text(read(letter.content).text),
        )


def _marked(blocks: Sequence[Block], mark: str) -> list[dict[str, Any]]:
    """The blocks with the mark as the id of the first one that has none of its own and takes no input."""
    marked = [dict(block) for block in blocks]
    bearer = next((block for block in marked if "block_id" not in block), marked[0])
    bearer["block_id"] = mark
    return marked


def _bad_blocks(error: SlackApiError) -> bool:
    return code_of(error) == "invalid_blocks" and is_refusal(error)


def _not_ready(error: SlackApiError) -> bool:
    return "slack file" in detail_of(error).replace("_", " ")
