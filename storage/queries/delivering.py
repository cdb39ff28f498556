"""The outbox from the sender's side: one message at a time, in order at each destination, each step committed.

- `claim` takes a message that is due: pending → sending, for as long as the lease runs.
- `sent`, `refused`, `put_off`, `broken`, `lost_sight` say what became of the attempt. Each claim has a token of its
  own: whoever has lost the turn meanwhile (a process paused for an hour) changes nothing, but for `sent`, a fact.
- A message whose fate nobody knows (its sender died, or no answer came) is looked for in its channel: `claim_look`,
  then `found`, `not_found` or `cannot_look`. Until that is settled nothing else is sent to its destination.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.queries.tables import destination, outbox
from storage.session import Session

MOST_ATTEMPTS: Final = 20
"""A message that was not found after so many attempts has failed: dying processes alone do not come so far."""
PARENT_NOT_SENT: Final = "parent_not_sent"
LOOKS: Final = 2
"""So many looks, some seconds apart, without finding it: Slack has not taken it."""

_c, _d = outbox.c, destination.c
_open = or_(_c.state == "sending", and_(_c.state == "unknown", _c.settled_at.is_(None)))
_target = outbox.alias("target")
_other = outbox.alias("other")


class Letter(NamedTuple):
    """A message that the asking process has the turn for."""

    id: int
    purpose: str
    destination: str
    mark: str
    content: Mapping[str, Any]
    file_name: str | None
    file_bytes: bytes | None
    file_id: str | None
    """What Slack called the file at an earlier attempt."""
    attempts: int
    """This one included."""
    looks: int
    attempted_at: datetime
    """When this attempt, or the one that is looked for, began."""
    threaded: bool
    edits: bool
    channel_id: str | None
    """Where the message stands that this one edits, or under which it belongs."""
    ts: str | None
    turn: str
    """What tells this attempt from all others, of this process too."""


_letter: Select[Any] = select(
    _c.id,
    _c.purpose,
    _c.destination,
    _c.mark,
    _c.content,
    _c.file_name,
    _c.file_bytes,
    _c.file_id,
    _c.attempts,
    _c.looks,
    _c.attempted_at,
    _c.thread_of.is_not(None),
    _c.edits.is_not(None),
    _target.c.channel_id,
    _target.c.ts,
    _c.owner,
).select_from(outbox.outerjoin(_target, _target.c.id == func.coalesce(_c.edits, _c.thread_of)))


def claim(db: Session, *, now: datetime, owner: str, lease: timedelta) -> Letter | None:
    """Take the next message that is due; None where none is, or where each waits for another at its destination."""
    settle_hopeless(db, now=now)
    found = db.execute(_next(now)).scalar()
    if found is None:
        return None
    taken = (
        update(outbox)
        .where(_c.id == found, _c.state == "pending")
        .values(
            state="sending",
            owner=f"{owner}-{secrets.token_hex(8)}",
            attempted_at=now,
            lease_until=now + lease,
            attempts=_c.attempts + 1,
            looks=0,
            error=None,
        )
    )
    if db.execute(taken.returning(_c.id)).scalar() is None:
        return None  # another process was faster
    return _read(db, found)


def _next(now: datetime) -> Select[Any]:
    """The first message that is due and that nothing is in the way of."""
    return _sendable(now).order_by(_c.due_at, _c.id).limit(1)


def _sendable(now: datetime) -> Select[Any]:
    before = or_(
        _other.c.due_at < _c.due_at,
        and_(_other.c.due_at == _c.due_at, _other.c.id < _c.id),
    )
    in_the_way = exists().where(
        _other.c.destination == _c.destination,
        _other.c.id != _c.id,
        or_(
            _other.c.state == "sending",
            and_(_other.c.state == "unknown", _other.c.settled_at.is_(None)),
            and_(_other.c.state == "pending", _other.c.due_at <= now, before),
        ),
    )
    writable = or_(_d.id.is_(None), and_(_d.broken_since.is_(None), or_(_d.next_at.is_(None), _d.next_at <= now)))
    ready = or_(_target.c.id.is_(None), and_(_target.c.state == "sent", _target.c.ts.is_not(None)))
    return (
        select(_c.id)
        .select_from(
            outbox.outerjoin(destination, _d.id == _c.destination).outerjoin(
                _target, _target.c.id == func.coalesce(_c.edits, _c.thread_of)
            )
        )
        .where(_c.state == "pending", _c.due_at <= now, writable, ready, ~in_the_way)
    )


def begin(db: Session, letter: Letter, *, now: datetime, lease: timedelta) -> bool:
    """Say that the call to Slack comes next; False when the turn was lost meanwhile: then it must not be made."""
    ours = (_c.id == letter.id, _c.state == "sending", _c.owner == letter.turn)
    renewed = update(outbox).where(*ours).values(attempted_at=now, lease_until=now + lease)
    return db.execute(renewed.returning(_c.id)).scalar() is not None


_hopeless = or_(
    _target.c.state == "failed",
    and_(_target.c.state == "unknown", _target.c.settled_at.is_not(None)),
    and_(_target.c.state == "sent", _target.c.ts.is_(None)),
)
"""Nothing can be put under this message, or in its place."""
_target_of = func.coalesce(_c.edits, _c.thread_of)
_orphaned = and_(_c.state == "pending", exists().where(_target.c.id == _target_of, _hopeless))


def settle_hopeless(db: Session, *, now: datetime) -> None:
    """Give up what has expired, and what belongs to a message that was never sent, or nobody knows where."""
    expired = and_(_c.state == "pending", _c.expires_at <= now)
    db.execute(update(outbox).where(expired).values(state="failed", error="expired", settled_at=now))
    db.execute(update(outbox).where(_orphaned).values(state="failed", error=PARENT_NOT_SENT, settled_at=now))


def anything_to_do(db: Session, *, now: datetime) -> bool:
    """Whether there is anything to be sent, looked for or given up: asked by a reader, who stops no writer."""
    expired = exists().where(_c.state == "pending", _c.expires_at <= now)
    orphaned = exists(select(_c.id).where(_orphaned))
    return any(
        db.execute(select(found)).scalar_one()
        for found in (exists(_sendable(now)), exists().where(_to_be_looked_for(now)), expired, orphaned)
    )


def remember_file(db: Session, letter: Letter, file_id: str) -> None:
    """What Slack calls the file that is about to be shared: it is found again by that name."""
    db.execute(update(outbox).where(_c.id == letter.id, _c.owner == letter.turn).values(file_id=file_id))


def sent(db: Session, letter: Letter, *, channel_id: str, ts: str | None, now: datetime, pace: timedelta) -> bool:
    """Slack has it, whatever was thought of the attempt meanwhile: what Slack says is what counts.

    False when it stands somewhere else already, by a later attempt: then this one is to be taken back.
    """
    values = {"state": "sent", "channel_id": channel_id, "ts": ts, "settled_at": now, "error": None}
    first = db.execute(
        update(outbox).where(_c.id == letter.id, _c.state != "sent").values(values).returning(_c.id)
    ).scalar()
    well = {"next_at": now + pace, "told_at": case((_d.broken_since.is_(None), None), else_=_d.told_at)}
    _upsert_destination(db, letter.destination, {"next_at": now + pace}, well)
    if first is not None or letter.edits:
        return True
    stands = db.execute(select(_c.ts, _c.file_id).where(_c.id == letter.id)).one()
    return bool(stands.file_id == letter.file_id if letter.file_name is not None else stands.ts == ts)


def refused(db: Session, letter: Letter, code: str, *, now: datetime) -> None:
    """Slack has certainly not taken it, and would not take it another time either."""
    _settle(db, letter, state="failed", error=code, settled_at=now)


def put_off(db: Session, letter: Letter, code: str, *, until: datetime) -> None:
    """Slack has certainly not taken it now, but will later: it waits, and its destination with it."""
    _settle(db, letter, state="pending", error=code, attempts=_c.attempts - 1, lease_until=None)
    _upsert_destination(db, letter.destination, {"next_at": until})


def broken(db: Session, letter: Letter, code: str, *, now: datetime) -> None:
    """The destination cannot be written to: its messages wait until somebody has mended it, or until they expire."""
    _settle(db, letter, state="pending", error=code, attempts=_c.attempts - 1, lease_until=None)
    known = db.execute(select(_d.broken_since).where(_d.id == letter.destination)).scalar()
    owner = db.execute(select(_c.owner_user).where(_c.id == letter.id)).scalar()
    values: dict[str, Any] = {"broken_since": known or now, "reason": code}
    _upsert_destination(db, letter.destination, values | ({"owner": owner} if owner else {}))


def lost_sight(db: Session, letter: Letter, code: str, *, look_at: datetime) -> None:
    """Nobody knows whether Slack has it: it is looked for from `look_at` on."""
    _settle(db, letter, state="unknown", error=code, lease_until=look_at)


def claim_look(db: Session, *, now: datetime, lease: timedelta) -> Letter | None:
    """Take a message that is to be looked for: of unknown fate, or its sender has not been heard of for its lease."""
    waiting = _to_be_looked_for(now)
    found = db.execute(select(_c.id, _c.lease_until).where(waiting).order_by(_c.lease_until).limit(1)).first()
    if found is None:
        return None
    taken = (
        update(outbox)
        .where(_c.id == found.id, _c.lease_until == found.lease_until, waiting)
        .values(state="unknown", lease_until=now + lease)
    )
    if db.execute(taken.returning(_c.id)).scalar() is None:
        return None
    return _read(db, found.id)


def _to_be_looked_for(now: datetime) -> ColumnElement[bool]:
    return and_(_open, _c.lease_until <= now)


def not_found(db: Session, letter: Letter, *, now: datetime, look_at: datetime) -> None:
    """It is not in its channel: look once more, then send it again, or give it up after MOST_ATTEMPTS."""
    looks = letter.looks + 1
    if looks < LOOKS:
        _settle(db, letter, looks=looks, lease_until=look_at)
    elif letter.attempts < MOST_ATTEMPTS:
        again(db, letter)
    else:
        _settle(db, letter, state="failed", looks=looks, settled_at=now)


def again(db: Session, letter: Letter) -> None:
    """It has certainly not been sent, or does no harm a second time: it is pending anew."""
    _settle(db, letter, state="pending", lease_until=None)


def cannot_look(db: Session, letter: Letter, code: str, *, now: datetime) -> None:
    """There is no way to know: it stays unknown, is shown to the admins and never sent on a guess."""
    _settle(db, letter, error=code, settled_at=now)


def _settle(db: Session, letter: Letter, **values: Any) -> None:  # noqa: ANN401 - columns
    """Write what became of the attempt, unless it is settled or another attempt has begun."""
    db.execute(update(outbox).where(_c.id == letter.id, _open, _c.owner == letter.turn).values(values))


def _read(db: Session, outbox_id: int) -> Letter:
    return Letter._make(db.execute(_letter.where(_c.id == outbox_id)).one())


def _upsert_destination(
    db: Session, id_: str, values: Mapping[str, Any], if_known: Mapping[str, Any] | None = None
) -> None:
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(destination).values(id=id_, **values)
    db.execute(row.on_conflict_do_update(index_elements=[_d.id], set_=dict(if_known or values)))
