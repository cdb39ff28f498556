"""The outbox from the sender's side: what became of a message that it had the turn for; each step is committed.

- `sent`, `refused`, `put_off`, `broken`, `lost_sight` say what became of the attempt. Each claim has a token of its
  own: whoever has lost the turn meanwhile (a process paused for an hour) changes nothing, but for `sent`, a fact.
- A message whose fate nobody knows (its sender died, or no answer came) is looked for in its channel, then `sent`,
  `not_found` or `cannot_look`. Until that is settled nothing else is sent to its destination.
- A survey's question is asked, or has failed, in the same transaction as its message.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, case, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.queries import lanes, survey_asks
from storage.queries.letters import Letter
from storage.queries.outbox import WITHDRAWN
from storage.queries.tables import destination, outbox
from storage.session import Session

MOST_ATTEMPTS: Final = 20
"""A message that was not found after so many attempts has failed: dying processes alone do not come so far."""
NOT_FOUND: Final = "not_found"
"""It could not be sent so often that nobody tries any more."""
LOOKS: Final = 2
"""So many looks, some seconds apart, without finding it: Slack has not taken it."""

_c, _d = outbox.c, destination.c
_above = outbox.alias("above")
_owner_of = select(func.coalesce(_c.owner_user, _above.c.owner_user)).select_from(
    outbox.outerjoin(_above, _above.c.id == func.coalesce(_c.edits, _c.thread_of))
)
"""Who wanted a message there; for what stands in the place of one, or under it, who wanted that one."""
_open = or_(_c.state == "sending", and_(_c.state == "unknown", _c.settled_at.is_(None)))


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
    if letter.to_customer and not letter.edits:
        survey_asks.delivered(db, letter.id, now=now)
    well = {"next_at": now + pace, "told_at": case((_d.broken_since.is_(None), None), else_=_d.told_at)}
    _upsert_destination(db, letter.destination, {"next_at": now + pace}, well)
    if first is not None or letter.edits:
        return True
    stands = db.execute(select(_c.ts, _c.file_id).where(_c.id == letter.id)).one()
    return bool(stands.file_id == letter.file_id if letter.file_name is not None else stands.ts == ts)


def refused(db: Session, letter: Letter, code: str, *, now: datetime) -> None:
    """Slack has certainly not taken it, and would not take it another time either."""
    _fail(db, letter, code, now=now)


def put_off(db: Session, letter: Letter, code: str, *, until: datetime) -> None:
    """Slack has certainly not taken it now, but will later: it waits, and its destination with it."""
    _settle(db, letter, state="pending", error=code, attempts=_c.attempts - 1, lease_until=None)
    _upsert_destination(db, letter.destination, {"next_at": until})
    if letter.to_customer:
        lanes.hold(db, edits=letter.edits, until=until)


def postpone(
    db: Session, letter: Letter, *, now: datetime, until: datetime, expires_at: datetime | None = None
) -> None:
    """It has not been tried, and is not for now: nobody wants to be asked in their night.

    `expires_at` is its new end, where the old one comes too early.
    """
    later: dict[str, datetime] = {} if expires_at is None else {"expires_at": expires_at}
    _settle(db, letter, state="pending", due_at=until, attempts=_c.attempts - 1, lease_until=None, **later)
    lanes.give_back(db, edits=letter.edits, now=now)


def withdrawn(db: Session, letter: Letter, *, now: datetime) -> bool:
    """It has not been tried, and nobody wants it any more; False if another process has the turn now."""
    lanes.give_back(db, edits=letter.edits, now=now)
    return _settle(db, letter, state="failed", error=WITHDRAWN, settled_at=now)


def broken(db: Session, letter: Letter, code: str, *, now: datetime) -> None:
    """The destination cannot be written to: its messages wait until somebody has mended it, or until they expire."""
    _settle(db, letter, state="pending", error=code, attempts=_c.attempts - 1, lease_until=None)
    known = db.execute(select(_d.broken_since).where(_d.id == letter.destination)).scalar()
    owner = db.execute(_owner_of.where(_c.id == letter.id)).scalar()
    values: dict[str, Any] = {"broken_since": known or now, "reason": code}
    _upsert_destination(db, letter.destination, values | ({"owner": owner} if owner else {}))


def lost_sight(db: Session, letter: Letter, code: str, *, look_at: datetime) -> None:
    """Nobody knows whether Slack has it: it is looked for from `look_at` on."""
    _settle(db, letter, state="unknown", error=code, lease_until=look_at)


def not_found(db: Session, letter: Letter, *, now: datetime, look_at: datetime) -> None:
    """It is not in its channel: look once more, then send it again, or give it up after MOST_ATTEMPTS."""
    looks = letter.looks + 1
    if looks < LOOKS:
        _settle(db, letter, looks=looks, lease_until=look_at)
    elif letter.attempts < MOST_ATTEMPTS:
        again(db, letter)
    else:
        _fail(db, letter, NOT_FOUND, now=now)


def again(db: Session, letter: Letter) -> None:
    """It has certainly not been sent, or does no harm a second time: it is pending anew."""
    _settle(db, letter, state="pending", lease_until=None)


def cannot_look(db: Session, letter: Letter, code: str, *, now: datetime) -> None:
    """There is no way to know: it stays unknown, is shown to the admins and never sent on a guess."""
    _settle(db, letter, error=code, settled_at=now)


def _fail(db: Session, letter: Letter, code: str, *, now: datetime) -> None:
    failed = _settle(db, letter, state="failed", error=code, settled_at=now)
    if failed and letter.to_customer and not letter.edits:
        survey_asks.undelivered(db, letter.id, code, now=now)


def _settle(db: Session, letter: Letter, **values: Any) -> bool:  # noqa: ANN401 - columns
    """Write what became of the attempt; False if it is settled, or another attempt has begun."""
    ours = update(outbox).where(_c.id == letter.id, _open, _c.owner == letter.turn)
    return db.execute(ours.values(values).returning(_c.id)).scalar() is not None


def _upsert_destination(
    db: Session, id_: str, values: Mapping[str, Any], if_known: Mapping[str, Any] | None = None
) -> None:
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(destination).values(id=id_, **values)
    db.execute(row.on_conflict_do_update(index_elements=[_d.id], set_=dict(if_known or values)))
