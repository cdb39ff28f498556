"""Taking messages of the outbox: one at a time, in order at each destination, by one process only.

`claim` takes a message that is due: pending → sending, for as long as the lease runs; `claim_look` one whose fate
nobody knows. Each claim has a token of its own.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, update

from storage.queries import lanes as right_of_way
from storage.queries.lanes import COLLEAGUES, Lane
from storage.queries.letters import Letter, read
from storage.queries.tables import destination, outbox
from storage.session import Session

PARENT_NOT_SENT: Final = "parent_not_sent"

_c, _d = outbox.c, destination.c
_open = or_(_c.state == "sending", and_(_c.state == "unknown", _c.settled_at.is_(None)))
_target = outbox.alias("target")
_other = outbox.alias("other")


def claim(
    db: Session, *, now: datetime, owner: str, lease: timedelta, lanes: Sequence[Lane] = (COLLEAGUES,)
) -> Letter | None:
    """Take the next message that is due; None where none is, or where each waits for another at its destination.

    `lanes` says what may be sent, the most urgent first.
    """
    settle_hopeless(db, now=now)
    for lane in right_of_way.passable(db, lanes, now=now):
        found = db.execute(_next(lane, now)).scalar()
        if found is not None:
            return _taken(db, found, lane, now=now, owner=owner, lease=lease)
    return None


def _taken(db: Session, outbox_id: int, lane: Lane, *, now: datetime, owner: str, lease: timedelta) -> Letter | None:
    """None: another process was faster."""
    if not right_of_way.take(db, lane, now=now):
        return None
    taken = (
        update(outbox)
        .where(_c.id == outbox_id, _c.state == "pending")
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
        return None
    return read(db, outbox_id)


def _next(lane: Lane, now: datetime) -> Select[Any]:
    """The first message of a lane that is due and that nothing is in the way of."""
    return _sendable(lane, now).order_by(_c.due_at, _c.id).limit(1)


def _sendable(lane: Lane, now: datetime) -> Select[Any]:
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
            and_(_other.c.state == "pending", _other.c.to_customer == _c.to_customer, _other.c.due_at <= now, before),
        ),
    )
    well = or_(_d.id.is_(None), _d.next_at.is_(None), _d.next_at <= now)
    writable = well if lane.to_customer else and_(well, _d.broken_since.is_(None))
    ready = or_(_target.c.id.is_(None), and_(_target.c.state == "sent", _target.c.ts.is_not(None)))
    return (
        select(_c.id)
        .select_from(
            outbox.outerjoin(destination, _d.id == _c.destination).outerjoin(
                _target, _target.c.id == func.coalesce(_c.edits, _c.thread_of)
            )
        )
        .where(_c.state == "pending", lane.messages, _c.due_at <= now, writable, ready, ~in_the_way)
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
_hanging = or_(_c.edits.is_not(None), _c.thread_of.is_not(None))
_orphaned = and_(_c.state == "pending", _hanging, exists().where(_target.c.id == _target_of, _hopeless))


def settle_hopeless(db: Session, *, now: datetime) -> None:
    """Give up what has expired, and what belongs to a message that was never sent, or nobody knows where."""
    expired = and_(_c.state == "pending", _c.expires_at <= now)
    db.execute(update(outbox).where(expired).values(state="failed", error="expired", settled_at=now))
    db.execute(update(outbox).where(_orphaned).values(state="failed", error=PARENT_NOT_SENT, settled_at=now))


def anything_to_do(db: Session, *, now: datetime, lanes: Sequence[Lane] = (COLLEAGUES,)) -> bool:
    """Whether there is anything to be sent, looked for or given up: asked by a reader, who stops no writer."""
    sendable = (exists(_sendable(lane, now)) for lane in right_of_way.passable(db, lanes, now=now))
    expired = exists().where(_c.state == "pending", _c.expires_at <= now)
    others = (exists().where(_to_be_looked_for(now)), expired, exists(select(_c.id).where(_orphaned)))
    return any(db.execute(select(found)).scalar_one() for found in (*sendable, *others))


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
    return read(db, found.id)


def _to_be_looked_for(now: datetime) -> ColumnElement[bool]:
    return and_(_open, _c.lease_until <= now)
