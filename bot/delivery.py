"""The outbox to Slack: each message once, in order at each destination, and never a second time on a guess.

Every step is committed before and after each call; no transaction is open during one.
"""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.finding import Unreadable, found_at
from bot.posting import TURN_LOST, Posting, Wrong
from bot.slack_client import SLACK_FAULTS, code_of, is_refusal, retry_after
from commands.ui.cards.delivery_words import OUTSIDERS
from storage.queries import claiming, delivering
from storage.queries.lanes import COLLEAGUES, Lane
from storage.queries.letters import Letter
from storage.session import reading, transaction

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
TROUBLED_SECONDS = 5.0
"""How long a sender rests after a fault that nobody has foreseen."""

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
        "messages_tab_disabled",
        "no_permission",
        "posting_to_channel_denied",
        OUTSIDERS,
    }
)
"""The destination is wrong: nothing will get there until somebody has mended it."""
NOT_NOW = frozenset(
    {
        *("invalid_auth", "token_revoked", "token_expired", "not_authed", "team_access_not_granted", "missing_scope"),
        *("accesslimited", "message_limit_exceeded", "rate_limited", "ratelimited"),
        *("request_timeout", "team_added_to_org"),
    }
)
"""The installation is wrong, or Slack has no room: nothing will get anywhere for now."""


class News(Protocol):
    """What tells people of destinations that are broken: bot.broken_news.BrokenNews."""

    def tell(self) -> bool:
        """Put one notice into the outbox; False when there is none to put."""
        ...


class Gate(Protocol):
    """What decides at the last moment whether a customer is asked: bot.survey_gate.SurveyGate."""

    @property
    def lanes(self) -> Sequence[Lane]:
        """What may be sent, the most urgent first."""
        ...

    def let_through(self, letter: Letter, now: datetime) -> Letter | None:
        """The message as it is to be sent; None: not now or not at all, which has been written down."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """One sender; any number of them, in any number of processes, may work on one outbox."""

    engine: Engine
    posting: Posting
    clock: Callable[[], datetime]
    news: News
    gate: Gate | None = None
    """None: nothing is sent to customers."""
    lease: timedelta = LEASE
    pace: timedelta = PACE
    look_after: timedelta = LOOK_AFTER
    try_again: timedelta = TRY_AGAIN
    owner: str = field(default_factory=lambda: secrets.token_hex(8))

    def run(self, stopping: Event, poke: Event) -> None:
        """Send what is due until `stopping`; `poke` says that there may be something new."""
        while not stopping.is_set():
            poke.clear()
            try:
                worked = self.step()
            except Exception:
                logger.exception("a message could not be dealt with; it is looked for once its lease has run out")
                self.posting.wait(TROUBLED_SECONDS)
                continue
            if not (worked or stopping.is_set()):
                poke.wait(IDLE_SECONDS)

    def step(self) -> bool:
        """Send one message, look for one, or tell of a broken destination.

        False when nothing was to be done, or the store did not answer.
        """
        try:
            return self._deliver() or self.news.tell()
        except SQLAlchemyError:
            logger.exception("the outbox could not be worked on; it is tried again")
            return False

    def _deliver(self) -> bool:
        """Readers look first whether there is anything: an idle sender must not stand in a writer's way."""
        lanes = (COLLEAGUES,) if self.gate is None else self.gate.lanes
        with reading(self.engine) as db:
            if not claiming.anything_to_do(db, now=self.clock(), lanes=lanes):
                return False
        with transaction(self.engine) as db:
            letter = claiming.claim(db, now=self.clock(), owner=self.owner, lease=self.lease, lanes=lanes)
        if letter is not None:
            self._send(letter)
            return True
        with transaction(self.engine) as db:
            letter = claiming.claim_look(db, now=self.clock(), lease=self.lease)
        if letter is not None:
            self._look_for(letter)
        return letter is not None

    # --- Sending ---------------------------------------------------------------------------------------------------

    def _send(self, letter: Letter) -> None:
        attempt = _Attempt(self, letter)
        try:
            if letter.to_customer and not letter.edits and self.gate is not None:
                passed = self.gate.let_through(letter, self.clock())
                if passed is None:
                    return
                letter = attempt.letter = passed
            channel_id, ts = self.posting.post(letter, attempt)
        except Wrong as wrong:
            self._not_sent(letter, wrong.code)
        except SLACK_FAULTS as error:
            self._failed(attempt, error)
        else:
            letter, now = attempt.letter, self.clock()
            with transaction(self.engine) as db:
                first = delivering.sent(db, letter, channel_id=channel_id, ts=ts, now=now, pace=self.pace)
            if not first:
                self.posting.take_back(letter, channel_id, ts)

    # --- What became of it -----------------------------------------------------------------------------------------

    def _failed(self, attempt: "_Attempt", error: BaseException) -> None:
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
                delivering.put_off(db, letter, code, until=now + self.try_again)

    def _not_sent(self, letter: Letter, code: str) -> None:
        """Slack has certainly not taken it."""
        now = self.clock()
        if code == TURN_LOST:
            logger.warning("message %s was taken over by another process", letter.id)
            return
        with transaction(self.engine) as db:
            if code in NOT_NOW:
                delivering.put_off(db, letter, code, until=now + self.try_again)
            elif code in UNSUITABLE and not letter.to_customer:
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
            channel_id = self.posting.channel_of(letter)
            ts = found_at(self.posting.slack.outbox, letter, channel_id)
        except (Wrong, Unreadable) as error:
            with transaction(self.engine) as db:
                delivering.cannot_look(db, letter, str(error), now=self.clock())
        except SLACK_FAULTS as error:
            logger.warning("message %s could not be looked for now: %s", letter.id, code_of(error))
            seconds = retry_after(error)
            if letter.to_customer and seconds is None and is_refusal(error) and code_of(error) not in NOT_NOW:
                with transaction(self.engine) as db:  # they have closed the door behind it
                    delivering.cannot_look(db, letter, code_of(error), now=self.clock())
                return
            later = self.try_again if seconds is None else timedelta(seconds=seconds)
            with transaction(self.engine) as db:
                delivering.lost_sight(db, letter, code_of(error), look_at=self.clock() + later)
        else:
            self._looked(letter, channel_id, ts)

    def _looked(self, letter: Letter, channel_id: str, ts: str | None) -> None:
        now = self.clock()
        with transaction(self.engine) as db:
            if ts is not None:
                delivering.sent(db, letter, channel_id=channel_id, ts=ts, now=now, pace=self.pace)
            else:
                delivering.not_found(db, letter, now=now, look_at=now + self.look_after)


@dataclass(slots=True)
class _Attempt:
    """One try at a message."""

    delivery: Delivery
    letter: Letter
    begun: bool = False
    """The call that posts it may have been made: until then nothing can have been sent."""

    def begin(self) -> None:
        """Commit that the call comes next, if the turn is still ours, also after the commit."""
        delivery, now = self.delivery, self.delivery.clock()
        with transaction(delivery.engine) as db:
            ours = claiming.begin(db, self.letter, now=now, lease=delivery.lease)
        if not ours or delivery.clock() >= now + delivery.lease:
            raise Wrong(TURN_LOST)
        self.begun = True

    def remember_file(self, file_id: str) -> None:
        """Commit what Slack calls the file, so that it is found again."""
        with transaction(self.delivery.engine) as db:
            delivering.remember_file(db, self.letter, file_id)
        self.letter = self.letter._replace(file_id=file_id)
