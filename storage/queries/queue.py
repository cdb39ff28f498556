"""What an admin sees of the outbox and decides about it: broken destinations, messages in doubt, failed and waiting."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update

from storage.queries.claiming import PARENT_NOT_SENT
from storage.queries.destinations import Broken, broken_destinations
from storage.queries.tables import outbox
from storage.session import Session

DROPPED: Final = "dropped"
STATES: Final = ("pending", "sending", "sent", "failed", "unknown")

_c = outbox.c
_in_doubt = _c.state == "unknown"
_to_be_settled = and_(_in_doubt, _c.settled_at.is_not(None))
_waiting = _c.state.in_(("pending", "sending"))


class Message(NamedTuple):
    """One message, without what it says."""

    id: int
    purpose: str
    destination: str
    state: str
    due_at: datetime
    settled_at: datetime | None
    """When it failed, or was given up looking for; None: it waits, is being sent or looked for."""
    error: str | None


class Counts(NamedTuple):
    """How much there is of each, in the order in which it is listed."""

    broken: int
    unknown: int
    failed: int
    waiting: int
    """What is being sent included."""
    sending: int

    @property
    def listed(self) -> int:
        """How many entries there are to page through."""
        return self.broken + self.unknown + self.failed + self.waiting


class Queue(NamedTuple):
    """A page of the queue."""

    counts: Counts
    broken: Sequence[Broken]
    unknown: Sequence[Message]
    failed: Sequence[Message]
    waiting: Sequence[Message]


def queue(db: Session, *, failed_since: datetime, skip: int, most: int) -> Queue:
    """The entries after the first `skip`, at most `most`: broken destinations, in doubt, failed lately, waiting."""
    failed = and_(_c.state == "failed", _c.settled_at >= failed_since, _c.error != DROPPED)
    counts = _counts(db, failed)
    room = _Room(skip, most)
    return Queue(
        counts,
        [Broken._make(row) for row in db.execute(room.taken_by(broken_destinations(), counts.broken))],
        _messages(db, room.taken_by(_listed(_in_doubt).order_by(_c.id), counts.unknown)),
        _messages(db, room.taken_by(_listed(failed).order_by(_c.settled_at.desc(), _c.id.desc()), counts.failed)),
        _messages(db, room.taken_by(_listed(_waiting).order_by(_c.due_at, _c.id), counts.waiting)),
    )


class Totals(NamedTuple):
    """The outbox in figures."""

    states: Mapping[str, int]
    """How many messages are in each state."""
    oldest_due: datetime | None
    """When the message was due that has waited longest; None: nothing waits that is due."""
    broken: int


def totals(db: Session, *, now: datetime) -> Totals:
    """How many messages there are in each state, and since when the oldest of them waits."""
    counted = db.execute(select(_c.state, func.count()).group_by(_c.state))
    due = and_(_c.state == "pending", _c.due_at <= now)
    return Totals(
        dict.fromkeys(STATES, 0) | {row[0]: row[1] for row in counted},
        db.execute(select(func.min(_c.due_at)).where(due)).scalar(),
        int(db.execute(select(func.count()).select_from(broken_destinations().order_by(None).subquery())).scalar_one()),
    )


class _Room:
    """What is left of a page while lists are put onto it one after another."""

    def __init__(self, skip: int, most: int) -> None:
        self._skip = skip
        self._most = most

    def taken_by(self, rows: Select[Any], count: int) -> Select[Any]:
        """The part of a list of `count` rows that falls on the page."""
        begin = min(self._skip, count)
        shown = min(count - begin, self._most)
        self._skip -= begin
        self._most -= shown
        return rows.offset(begin).limit(shown)


def _counts(db: Session, failed: ColumnElement[bool]) -> Counts:
    broken = select(func.count()).select_from(broken_destinations().order_by(None).subquery())
    of = [select(func.count()).where(those) for those in (_in_doubt, failed, _waiting, _c.state == "sending")]
    return Counts(*db.execute(select(*(each.scalar_subquery() for each in (broken, *of)))).one())


def _listed(those: ColumnElement[bool]) -> Select[Any]:
    return select(_c.id, _c.purpose, _c.destination, _c.state, _c.due_at, _c.settled_at, _c.error).where(those)


def _messages(db: Session, rows: Select[Any]) -> list[Message]:
    return [Message._make(row) for row in db.execute(rows)]


# --- What is decided -----------------------------------------------------------------------------------------------


def is_there(db: Session, outbox_id: int, *, now: datetime) -> bool:
    """Somebody has seen it in its channel. What belongs under it stays unsent: its place there is not known.

    False if it is settled already.
    """
    return _decide(db, outbox_id, _to_be_settled, state="sent", settled_at=now, error=None)


def send_again(db: Session, outbox_id: int) -> bool:
    """Somebody has looked and not found it: it is sent now, however late, and what belongs to it after it.

    False if it is settled already.
    """
    anew: dict[str, Any] = {"state": "pending", "settled_at": None, "error": None}
    if not _decide(db, outbox_id, _to_be_settled, expires_at=None, lease_until=None, looks=0, **anew):
        return False
    belongs = func.coalesce(_c.edits, _c.thread_of) == outbox_id
    db.execute(update(outbox).where(belongs, _c.state == "failed", _c.error == PARENT_NOT_SENT).values(anew))
    return True


def drop(db: Session, outbox_id: int, *, now: datetime) -> bool:
    """It is not to be sent any more; False if it is being sent at this moment, or settled already."""
    droppable = or_(_c.state == "pending", _to_be_settled)
    return _decide(db, outbox_id, droppable, state="failed", settled_at=now, error=DROPPED)


def drop_all(db: Session, destination_id: str, *, now: datetime) -> int:
    """Nothing that waits for a destination is to be sent any more; how much that was."""
    waiting = (_c.destination == destination_id, _c.state == "pending")
    gone = update(outbox).where(*waiting).values(state="failed", settled_at=now, error=DROPPED)
    return len(db.execute(gone.returning(_c.id)).all())


def _decide(db: Session, outbox_id: int, when: ColumnElement[bool], **values: Any) -> bool:  # noqa: ANN401 - columns
    decided = update(outbox).where(_c.id == outbox_id, when).values(values)
    return db.execute(decided.returning(_c.id)).scalar() is not None
