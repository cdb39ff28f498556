"""A message of the outbox as the process sees it that has the turn for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from storage.queries.tables import outbox
from storage.session import Session

_c = outbox.c
_target = outbox.alias("target")


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
    to_customer: bool = False
    """People of a customer are to read it: nobody else's message may go where they read."""


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
    _c.to_customer,
).select_from(outbox.outerjoin(_target, _target.c.id == func.coalesce(_c.edits, _c.thread_of)))


def read(db: Session, outbox_id: int) -> Letter:
    """A message that was just claimed."""
    return Letter._make(db.execute(_letter.where(_c.id == outbox_id)).one())
