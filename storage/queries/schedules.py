"""Schedules: what is to be posted regularly; each occurrence is taken from its schedule exactly once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select, update

from storage.queries.tables import schedule
from storage.session import Session

_c = schedule.c


class Schedule(NamedTuple):
    """One schedule; see storage.models.schedule for its columns."""

    id: int
    job: str
    destination: str
    owner: str
    book: str
    rule: str
    zone: str
    language: str
    options: Mapping[str, Any]
    paused: bool
    next_slot: datetime
    """Naive, local."""
    next_at: datetime
    created_at: datetime


_columns = tuple(_c[name] for name in Schedule._fields)


def add(db: Session, new: Schedule) -> int:
    """Keep a new schedule (its `id` means nothing) and return its id."""
    return int(db.execute(insert(schedule).values(_row(new)).returning(_c.id)).scalar_one())


def change(db: Session, changed: Schedule) -> bool:
    """Make the schedule with this id what `changed` says; False if it is gone."""
    row = update(schedule).where(_c.id == changed.id).values(_row(changed)).returning(_c.id)
    return db.execute(row).scalar() is not None


def remove(db: Session, schedule_id: int) -> bool:
    """Delete a schedule; its runs stay. False if it was gone."""
    return db.execute(delete(schedule).where(_c.id == schedule_id).returning(_c.id)).scalar() is not None


def by_id(db: Session, schedule_id: int) -> Schedule | None:
    """One schedule; None if there is none of that id."""
    row = db.execute(select(*_columns).where(_c.id == schedule_id)).first()
    return None if row is None else _read(row)


def all_schedules(db: Session) -> list[Schedule]:
    """Every schedule, in the order in which they were made."""
    return [_read(row) for row in db.execute(select(*_columns).order_by(_c.id))]


def ahead_of(db: Session, one: Schedule) -> int:
    """How many schedules that are not paused have the same moments and were made before."""
    same = (_c.rule == one.rule, _c.zone == one.zone, _c.id < one.id, _c.paused.is_(False))
    return int(db.execute(select(func.count()).select_from(schedule).where(*same)).scalar_one())


def due(db: Session, *, now: datetime) -> list[Schedule]:
    """The schedules whose next moment has come, the longest waiting first."""
    waiting = select(*_columns).where(_c.paused.is_(False), _c.next_at <= now).order_by(_c.next_at, _c.id)
    return [_read(row) for row in db.execute(waiting)]


def advance(db: Session, known: Schedule, *, slot: datetime, at: datetime) -> bool:
    """Go on to the next slot; False when somebody else has, or the schedule was changed meanwhile."""
    same = (_c.id == known.id, _c.next_slot == known.next_slot.isoformat(timespec="minutes"), _c.rule == known.rule)
    moved = update(schedule).where(*same).values(next_slot=slot.isoformat(timespec="minutes"), next_at=at)
    return db.execute(moved.returning(_c.id)).scalar() is not None


def _row(values: Schedule) -> dict[str, Any]:
    row = values._asdict()
    del row["id"]
    return row | {"next_slot": values.next_slot.isoformat(timespec="minutes"), "options": dict(values.options)}


def _read(row: Any) -> Schedule:  # noqa: ANN401 - a row of the columns
    return Schedule._make(row)._replace(next_slot=datetime.fromisoformat(row.next_slot))
