"""Messages that nobody asked for: put into the outbox in the transaction that decides them, sent by bot.delivery.

A message's life: pending → sending → sent, or failed (Slack has certainly not taken it and never will), or unknown
(nobody can say whether it was taken; see storage.queries.delivering).
"""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.copying import insert_many
from storage.queries.tables import alert_place, outbox, playbook_run, survey_ask, survey_wave
from storage.session import Session

WITHDRAWN: Final = "withdrawn"
"""Why a message has failed that was taken back before anybody had tried to send it."""

_PORTION: Final = 500

_c = outbox.c


class File(NamedTuple):
    """A file that a message brings along."""

    name: str
    content: bytes


class Draft(NamedTuple):
    """A message as it is decided. Purpose, occurrence and destination together happen once, however often it is put."""

    purpose: str
    """What it is for: "digest", "alert", "report" …; at most 50 characters."""
    occurrence: str
    """Which time: a schedule's slot, an alert's id and version; at most 200 characters."""
    destination: str
    """A channel, or a person, who gets a direct message."""
    content: Mapping[str, Any]
    """What commands.core.posted.written makes of a Reply: text, blocks and chart."""
    due_at: datetime
    """Not before this moment."""
    expires_at: datetime | None = None
    """Not after this moment; None: whenever it can be."""
    file: File | None = None
    thread_of: int | None = None
    """The id of the message under which it belongs."""
    edits: int | None = None
    """The id of the message in whose place it is put."""
    owner: str | None = None
    """The Slack user who is told when the destination turns out to be broken; None: the admins."""
    to_customer: bool = False
    """A customer's people are to read it: a survey's question. Everything else goes only where colleagues read."""


def put(db: Session, draft: Draft, *, now: datetime) -> int:
    """Put a message into the outbox and return its id; one that is there already stays as it is.

    An edit of a message that nobody has tried to send yet changes that message itself; edits that still wait are
    replaced, because only the last one is worth sending.
    """
    if draft.edits is not None:
        if _rewrite(db, draft):
            return draft.edits
        db.execute(delete(outbox).where(_c.edits == draft.edits, _c.state == "pending", _c.attempts == 0))
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(outbox).values(_row(draft, now)).on_conflict_do_nothing().returning(_c.id)
    found = db.execute(row).scalar()
    return found if found is not None else _id_of(db, draft)


def put_many(db: Session, drafts: Iterable[Draft], *, now: datetime) -> list[int]:
    """Put many messages that edit none, and return their ids in the same order; what is there already stays as it is.

    Each may be in it once. Only some are held at a time: their contents are large.
    """
    waiting, found = iter(drafts), list[int]()
    while some := list(islice(waiting, _PORTION)):
        rows = [_row(draft, now) for draft in some]
        insert_many(db.connection(), outbox, rows, known_stay=True)
        put_now = select(_c.mark, _c.id).where(_c.mark.in_([row["mark"] for row in rows]))
        ids = {row.mark: row.id for row in db.execute(put_now)}
        found += [ids.get(row["mark"]) or _id_of(db, draft) for row, draft in zip(rows, some, strict=True)]
    return found


def put_root(db: Session, channel_id: str, ts: str, *, now: datetime) -> int:
    """Make somebody else's message known, so that messages can be put under it (`thread_of`), and return its id."""
    draft = Draft("thread", ts, channel_id, {"text": ""}, due_at=now)
    stands = {"state": "sent", "channel_id": channel_id, "ts": ts, "settled_at": now}
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(outbox).values(_row(draft, now) | stands).on_conflict_do_nothing().returning(_c.id)
    found = db.execute(row).scalar()
    return found if found is not None else _id_of(db, draft)


def _rewrite(db: Session, draft: Draft) -> bool:
    """Change the message itself; False if it is too late for that."""
    waiting = (_c.id == draft.edits, _c.state == "pending", _c.attempts == 0)
    changed = db.execute(update(outbox).where(*waiting).values(content=dict(draft.content)).returning(_c.id))
    return changed.scalar() is not None


def _row(draft: Draft, now: datetime) -> dict[str, Any]:
    return {
        "purpose": draft.purpose,
        "occurrence": draft.occurrence,
        "destination": draft.destination,
        "mark": f"latido-{secrets.token_hex(12)}",
        "content": dict(draft.content),
        "file_name": draft.file and draft.file.name,
        "file_bytes": draft.file and draft.file.content,
        "thread_of": draft.thread_of,
        "edits": draft.edits,
        "owner_user": draft.owner,
        "to_customer": draft.to_customer,
        "state": "pending",
        "due_at": draft.due_at,
        "expires_at": draft.expires_at,
        "attempts": 0,
        "looks": 0,
        "created_at": now,
    }


def _id_of(db: Session, draft: Draft) -> int:
    same = (
        _c.purpose == draft.purpose,
        _c.occurrence == draft.occurrence,
        _c.destination == draft.destination,
    )
    return int(db.execute(select(_c.id).where(*same)).scalar_one())


class Standing(NamedTuple):
    """What has become of a message."""

    state: str
    channel_id: str | None
    ts: str | None
    error: str | None


def standing_of(db: Session, outbox_id: int) -> Standing | None:
    """The state of a message; None if there is no such message."""
    row = db.execute(select(_c.state, _c.channel_id, _c.ts, _c.error).where(_c.id == outbox_id)).first()
    return None if row is None else Standing._make(row)


def withdraw(db: Session, outbox_id: int) -> bool:
    """Take back a message that nobody has tried to send yet; False if it is too late."""
    waiting = (_c.id == outbox_id, _c.state == "pending", _c.attempts == 0)
    gone = db.execute(update(outbox).where(*waiting).values(state="failed", error=WITHDRAWN).returning(_c.id)).scalar()
    return gone is not None


def settled_before(db: Session, moment: datetime) -> bool:
    """Whether there is anything to forget that was settled before `moment`."""
    return db.scalar(select(exists().where(_forgettable(moment)))) or False


def forget_settled(db: Session, moment: datetime) -> int:
    """Forget what was settled before `moment` and nothing refers to any more; how many messages that was.

    A message goes after what stands under it or in its place.
    """
    forgotten = 0
    while gone := list(db.execute(select(_c.id).where(_forgettable(moment)).limit(_PORTION)).scalars()):
        for column in (survey_ask.c.outbox_id, survey_ask.c.reminder_id, survey_wave.c.card_outbox_id):
            db.execute(update(column.table).where(column.in_(gone)).values({column.name: None}))
        db.execute(delete(outbox).where(_c.id.in_(gone)))
        forgotten += len(gone)
    return forgotten


def _forgettable(moment: datetime) -> ColumnElement[bool]:
    refers = outbox.alias("refers")
    referred = (
        exists().where(or_(refers.c.thread_of == _c.id, refers.c.edits == _c.id)),
        exists().where(alert_place.c.outbox_id == _c.id),
        exists().where(playbook_run.c.outbox_id == _c.id),
        exists().where(survey_ask.c.outbox_id == _c.id, survey_ask.c.state.in_(("queued", "sent"))),
        exists().where(survey_ask.c.reminder_id == _c.id, survey_ask.c.state.in_(("queued", "sent"))),
        exists().where(survey_wave.c.card_outbox_id == _c.id, survey_wave.c.state.in_(("waiting", "running"))),
    )
    settled = or_(_c.state.in_(("sent", "failed")), and_(_c.state == "unknown", _c.settled_at.is_not(None)))
    return and_(settled, func.coalesce(_c.settled_at, _c.created_at) < moment, ~or_(*referred))
