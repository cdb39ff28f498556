"""What Slack tells of customers' people: deactivated, gone from the shared channel, there again."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any, Final, TypeAlias

from sqlalchemy import Engine

from metrics.types import LeftBy
from storage.queries.contact_signs import contacts_of, move_channel, sign
from storage.queries.seen import first_time
from storage.session import Session, transaction

logger = logging.getLogger(__name__)

SIGN_EVENTS: Final = frozenset({"user_change", "member_left_channel", "member_joined_channel", "channel_id_changed"})
Work: TypeAlias = Callable[[Session], int]


@dataclass(frozen=True, slots=True)
class Signs:
    """Keeps such signs, so that the signals of the accounts they concern are looked at within seconds."""

    engine: Engine
    zone: tzinfo
    clock: Callable[[], datetime]

    def take(self, body: Mapping[str, Any]) -> int:
        """Act on one delivery; the number of contacts (accounts, for a channel's new id) it changed anything for.

        A repeated one does nothing more, one that comes late does not undo what happened after it, and one about nobody
        we know writes nothing.
        """
        event = body["event"]
        match event.get("type"):
            case "user_change":
                return self._user_changed(body, event.get("user") or {})
            case "member_left_channel":
                return self._member(body, event, gone=True)
            case "member_joined_channel":
                return self._member(body, event, gone=False)
            case "channel_id_changed":
                return self._channel_moved(event)
        return 0

    def _user_changed(self, body: Mapping[str, Any], user: Mapping[str, Any]) -> int:
        return self._sign(body, str(user.get("id", "")), LeftBy.DEACTIVATED, gone=bool(user.get("deleted")))

    def _member(self, body: Mapping[str, Any], event: Mapping[str, Any], *, gone: bool) -> int:
        channel = str(event.get("channel", ""))
        return self._sign(body, str(event.get("user", "")), LeftBy.LEFT_CHANNEL, gone=gone, channel_id=channel)

    def _sign(
        self, body: Mapping[str, Any], user_id: str, kind: LeftBy, *, gone: bool, channel_id: str | None = None
    ) -> int:
        now = self.clock()
        at = happened_at(body) or now
        day = at.astimezone(self.zone).date() if gone else None
        with transaction(self.engine) as db:
            contacts = contacts_of(db, user_id, channel_id=channel_id) if user_id else []
            if not contacts or not self._is_new(db, body, now):
                return 0
            changed = sign(db, contacts, kind.value, gone_on=day, at=at, now=now)
        if changed:
            logger.info("Slack tells of a customer's person: %s, %s", kind.value, "gone" if gone else "there again")
        return changed

    def _channel_moved(self, event: Mapping[str, Any]) -> int:
        before, after = str(event.get("old_channel_id", "")), str(event.get("new_channel_id", ""))
        if not before or not after:
            return 0
        with transaction(self.engine) as db:
            return move_channel(db, before, after)

    def _is_new(self, db: Session, body: Mapping[str, Any], now: datetime) -> bool:
        """The mark is kept in the transaction that has the effect: both happen, or neither."""
        event_id = body.get("event_id")
        return not event_id or first_time(db, f"event:{event_id}", now=now)


def happened_at(body: Mapping[str, Any]) -> datetime | None:
    """When it happened by Slack's clock; None: Slack does not say."""
    for told in (body["event"].get("event_ts"), body.get("event_time")):
        try:
            return datetime.fromtimestamp(float(str(told)), UTC)
        except (ValueError, OverflowError, OSError):
            continue
    return None
