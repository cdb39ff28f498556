"""The outbox to Slack: each message once, in order at each destination, and never a second time on a guess.

Every step is committed before and after each call; no transaction is open during one.
"""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Any, Protocol

from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.finding import Unreadable, found_at
from bot.people import People
from bot.slack_client import SLACK_FAULTS, Slack, code_of, detail_of, is_refusal, retry_after
from commands.core.posted import read
from commands.core.reply import Block, Chart, Reply
from commands.ui.blocks import image, message_text, section
from storage.queries import delivering
from storage.queries.delivering import Letter
from storage.session import transaction

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)
"""Longer than drawing, uploading and posting take together when each is as slow as it may be."""
PACE = timedelta(seconds=1.1)
"""Slack takes about a message a second for a channel."""
LOOK_AFTER = timedelta(seconds=4)
"""A message that was taken is in its channel's history by then."""
TRY_AGAIN = timedelta(seconds=60)
"""When the fault is not the message's: the token was refused, Slack cannot be reached."""
IDLE_SECONDS = 1.0
FILE_WAITS = (0.5, 1.0, 2.0, 4.0)
"""Seconds to wait for Slack to know a picture that was just uploaded."""

UNSUITABLE = frozenset(
    {
        "is_archived",
        "not_in_channel",
        "channel_not_found",
        "user_not_found",
        "user_disabled",
        "account_inactive",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel",
        "cannot_dm_bot",
        "outsiders_read_along",
    }
)
"""The destination is wrong: nothing will get there until somebody has mended it."""
NOT_NOW = frozenset(
    {"invalid_auth", "token_revoked", "token_expired", "not_authed", "team_access_not_granted", "missing_scope"}
)
"""The installation is wrong: nothing will get anywhere."""


class ChartFiles(Protocol):
    """What turns a chart into a file of Slack's: bot.chart_files.ChartFiles."""

    def id_of(self, chart: Chart) -> str | None:
        """The id of the uploaded picture; None where there is none to show."""
        ...

    def drop(self, chart: Chart) -> None:
        """Forget it: Slack does not show it."""
        ...


class _Wrong(Exception):
    """The message must not or cannot go there; `code` says why in Slack's words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class _Attempt:
    """One try at a message."""

    letter: Letter
    begun: bool = False
    """The call that posts it may have been made: until then nothing can have been sent."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One sender; any number of them, in any number of processes, may work on one outbox."""

    engine: Engine
    slack: Slack
    people: People
    charts: ChartFiles
    clock: Callable[[], datetime]
    wait: Callable[[float], object]
    """Sleeps for so many seconds, or less when the bot is to stop."""
    lease: timedelta = LEASE
    pace: timedelta = PACE
    look_after: timedelta = LOOK_AFTER
    owner: str = field(default_factory=lambda: secrets.token_hex(8))

    def run(self, stopping: Event, poke: Event) -> None:
        """Send what is due until `stopping`; `poke` says that there may be something new."""
        while not stopping.is_set():
            poke.clear()
            if not self.step():
                poke.wait(IDLE_SECONDS)

    def step(self) -> bool:
        """Send one message or look for one; False when nothing was to be done, or the store did not answer."""
        try:
            with transaction(self.engine) as db:
                letter = delivering.claim(db, now=self.clock(), owner=self.owner, lease=self.lease)
            if letter is not None:
                self._send(letter)
                return True
            with transaction(self.engine) as db:
                letter = delivering.claim_look(db, now=self.clock(), lease=self.lease)
            if letter is not None:
                self._look_for(letter)
        except SQLAlchemyError:
            logger.exception("the outbox could not be worked on; it is tried again")
            return False
        return letter is not None

    # --- Sending ---------------------------------------------------------------------------------------------------

    def _send(self, letter: Letter) -> None:
        attempt = _Attempt(letter)
        try:
            channel_id, ts = self._call(attempt)
        except _Wrong as wrong:
            self._not_sent(letter, wrong.code)
        except SLACK_FAULTS as error:
            self._failed(attempt, error)
        else:
            with transaction(self.engine) as db:
                delivering.sent(db, letter, channel_id=channel_id, ts=ts, now=self.clock(), pace=self.pace)

    def _call(self, attempt: _Attempt) -> tuple[str, str | None]:
        """Make the call; where the message stands now."""
        letter = attempt.letter
        channel_id = self._channel_of(letter)
        if letter.file_name is not None:
            self._share_file(attempt, channel_id)
            return channel_id, None
        reply = read(letter.content)
        picture = self._picture_of(reply)
        for seconds in FILE_WAITS:
            try:
                return self._post(attempt, channel_id, reply, picture)
            except SlackApiError as error:
                if not _bad_blocks(error):
                    raise
                if picture is None or not _not_ready(error):
                    break
                self.wait(seconds)
        return self._plainer(attempt, channel_id, reply, picture)

    def _plainer(
        self, attempt: _Attempt, channel_id: str, reply: Reply, picture: Block | None
    ) -> tuple[str, str | None]:
        """Once more as it is, then without the picture, then as text: Slack refuses a message for one bad block."""
        shapes = [(reply, picture)]
        shapes += [(reply, None)] if picture is not None else []
        for shape, shown in shapes:
            try:
                return self._post(attempt, channel_id, shape, shown)
            except SlackApiError as error:
                if not _bad_blocks(error):
                    raise
                logger.warning("Slack refused the blocks of message %s: %s", attempt.letter.id, detail_of(error))
        if picture is not None and reply.chart is not None:
            self.charts.drop(reply.chart)
        return self._post(attempt, channel_id, Reply(reply.text), None)

    def _channel_of(self, letter: Letter) -> str:
        """The channel that is written to, if only colleagues read it at this moment; _Wrong otherwise."""
        channel_id = self.people.inside(letter.destination)
        if channel_id is None:
            raise _Wrong("outsiders_read_along")
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

    def _post(self, attempt: _Attempt, channel_id: str, reply: Reply, picture: Block | None) -> tuple[str, str | None]:
        letter = attempt.letter
        blocks = reply.blocks if picture is None else reply.with_picture(picture)
        marked = _marked(blocks or (section(message_text(reply.text)),), letter.mark)
        self._begin(attempt)
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

    def _share_file(self, attempt: _Attempt, channel_id: str) -> None:
        """Upload the file anew and share it; an earlier upload that was never shared is seen by nobody."""
        letter = attempt.letter
        content, name = letter.file_bytes or b"", letter.file_name or ""
        ticket = self.slack.outbox.files_getUploadURLExternal(filename=name, length=len(content))
        self.slack.store(str(ticket["upload_url"]), content)
        file_id = str(ticket["file_id"])
        with transaction(self.engine) as db:
            delivering.remember_file(db, letter, file_id)
        self._begin(attempt)
        self.slack.outbox.files_completeUploadExternal(
            files=[{"id": file_id, "title": name}],
            channel_id=channel_id,
            thread_ts=letter.ts if letter.threaded else None,
            initial_comment=message_text(read(letter.content).text),
        )

    def _begin(self, attempt: _Attempt) -> None:
        """Commit that the call comes next, if the turn is still ours."""
        with transaction(self.engine) as db:
            ours = delivering.begin(db, attempt.letter, now=self.clock(), owner=self.owner, lease=self.lease)
        if not ours:
            raise _Wrong("turn_lost")
        attempt.begun = True

    # --- What became of it -----------------------------------------------------------------------------------------

    def _failed(self, attempt: _Attempt, error: BaseException) -> None:
        letter, now, code = attempt.letter, self.clock(), code_of(error)
        seconds = retry_after(error)
        if seconds is None and is_refusal(error):
            self._not_sent(letter, code)
            return
        with transaction(self.engine) as db:
            if seconds is not None:
                delivering.put_off(db, letter, code, until=now + timedelta(seconds=seconds))
            elif attempt.begun:
                logger.warning("whether message %s was sent is not known: %s", letter.id, code)
                delivering.lost_sight(db, letter, code, look_at=now + self.look_after)
            else:
                delivering.put_off(db, letter, code, until=now + TRY_AGAIN)

    def _not_sent(self, letter: Letter, code: str) -> None:
        """Slack has certainly not taken it."""
        now = self.clock()
        if code == "turn_lost":
            logger.warning("message %s was taken over by another process", letter.id)
            return
        with transaction(self.engine) as db:
            if code in NOT_NOW:
                delivering.put_off(db, letter, code, until=now + TRY_AGAIN)
            elif code in UNSUITABLE:
                delivering.broken(db, letter, code, now=now)
            else:
                delivering.refused(db, letter, code, now=now)
        logger.warning("message %s to %s was not sent: %s", letter.id, letter.destination, code)

    # --- Looking for it --------------------------------------------------------------------------------------------

    def _look_for(self, letter: Letter) -> None:
        never_shared = letter.file_name is not None and letter.file_id is None
        if letter.edits or never_shared:  # to do it again changes nothing
            with transaction(self.engine) as db:
                delivering.again(db, letter)
            return
        try:
            channel_id = self._channel_of(letter)
            ts = found_at(self.slack.reads, letter, channel_id)
        except (_Wrong, Unreadable) as error:
            with transaction(self.engine) as db:
                delivering.cannot_look(db, letter, str(error), now=self.clock())
        except SLACK_FAULTS as error:
            logger.warning("message %s could not be looked for now: %s", letter.id, code_of(error))
            with transaction(self.engine) as db:
                delivering.lost_sight(db, letter, code_of(error), look_at=self.clock() + TRY_AGAIN)
        else:
            self._looked(letter, channel_id, ts)

    def _looked(self, letter: Letter, channel_id: str, ts: str | None) -> None:
        now = self.clock()
        with transaction(self.engine) as db:
            if ts is not None:
                delivering.sent(db, letter, channel_id=channel_id, ts=ts, now=now, pace=self.pace)
            else:
                delivering.not_found(db, letter, now=now, look_at=now + self.look_after)


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
