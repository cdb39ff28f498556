"""Customers' people compared with what Slack says now, for the events that it could not deliver."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any, NamedTuple

from sqlalchemy import Engine

from bot.acquaintance import Acquaintance
from bot.directory import Directory
from metrics.types import LeftBy
from storage.queries.contact_presence import Sharer, seen_in, sharers
from storage.queries.contact_signs import Known, contacts_of, otherwise, sign
from storage.session import Session, reading, transaction


class Compared(NamedTuple):
    """What a comparison came to."""

    differ: int
    """Contacts of whom it is news."""
    asked: int
    """Questions that Slack had to answer."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Asks who is there at a moment, and keeps what differs as an event would be kept that happened then.

    What Slack is asked is answered with SlackApiError or OSError where it does not tell.
    """

    engine: Engine
    directory: Directory
    zone: tzinfo
    now: datetime

    @property
    def today(self) -> date:
        """The day in the company's zone."""
        return self.now.astimezone(self.zone).date()

    def compare_channel(self, channel_id: str) -> Compared:
        """See who of the accounts that share a channel is in it, also who of them is known by their address alone.

        Whoever is not listed is missed only if they were listed before: many a contact never joined. Nobody is missed
        in a channel that is archived.
        """
        members = self.directory.members(channel_id)
        asked = 1 + Acquaintance(self.engine, self.directory, self.today, self.now).make(channel_id, members)
        return Compared(self._compare_members(channel_id, members), asked)

    def _compare_members(self, channel_id: str, members: frozenset[str]) -> int:
        with reading(self.engine) as db:
            missing = _missing(sharers(db, channel_id, on=self.today), members)
            gone = otherwise(db, missing, LeftBy.LEFT_CHANNEL.value, gone=True)
        if gone and self.directory.is_archived(channel_id):
            return 0
        with transaction(self.engine) as db:
            found = sharers(db, channel_id, on=self.today)
            there = [one for one in found if one.user_id in members]
            seen_in(db, channel_id, {one.user_id for one in there if not one.seen})
            back = self._tell(db, _known(there), LeftBy.LEFT_CHANNEL, gone_on=None)
            return back + self._tell(db, _missing(found, members), LeftBy.LEFT_CHANNEL, gone_on=self.today)

    def compare_person(self, user_id: str) -> Compared:
        """See whether a contact's Slack account is deactivated.

        One that Slack does not show (any more) is not known to be deactivated.
        """
        user = self.directory.anybody(user_id)
        if user is None:
            return Compared(0, 1)
        gone_on = self._changed_on(user) if user.get("deleted") else None
        with transaction(self.engine) as db:
            return Compared(self._tell(db, contacts_of(db, user_id), LeftBy.DEACTIVATED, gone_on=gone_on), 1)

    def _tell(self, db: Session, contacts: list[Known], kind: LeftBy, *, gone_on: date | None) -> int:
        news = otherwise(db, contacts, kind.value, gone=gone_on is not None)
        return sign(db, news, kind.value, gone_on=gone_on, at=self.now, now=self.now)

    def _changed_on(self, user: Mapping[str, Any]) -> date:
        """The day of the last change of a Slack account: for a deactivated one, of that. Today if Slack is silent."""
        told = user.get("updated")
        if not isinstance(told, int) or not 0 < told <= self.now.timestamp():
            return self.today
        return datetime.fromtimestamp(told, UTC).astimezone(self.zone).date()


def _missing(found: list[Sharer], members: frozenset[str]) -> list[Known]:
    return _known([one for one in found if one.seen and one.user_id not in members])


def _known(found: list[Sharer]) -> list[Known]:
    return [Known(one.contact_id, one.account_id) for one in found]
