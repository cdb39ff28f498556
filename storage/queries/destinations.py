"""Destinations that are broken: who is to be told, and what mends them (storage.queries.delivering breaks them)."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select, update

from storage.queries.tables import destination, outbox
from storage.session import Session

_d, _c = destination.c, outbox.c


class Broken(NamedTuple):
    """A destination that cannot be written to."""

    destination: str
    reason: str
    """Slack's name for what is wrong, or ours."""
    since: datetime
    owner: str | None
    """The Slack user who had messages sent there; None: the admins."""
    waiting: int
    """Messages that wait for it."""


def broken_destinations() -> Select[Any]:
    """Every broken destination, first the one that has been longest, in the order of Broken's fields."""
    waiting = select(func.count()).where(_c.destination == _d.id, _c.state == "pending").scalar_subquery()
    broken = _d.broken_since.is_not(None)
    return select(_d.id, _d.reason, _d.broken_since, _d.owner, waiting).where(broken).order_by(_d.broken_since, _d.id)


def untold(db: Session) -> Broken | None:
    """One of which nobody has been told yet; None: there is none."""
    row = db.execute(broken_destinations().where(_d.told_at.is_(None)).limit(1)).first()
    return None if row is None else Broken._make(row)


def told(db: Session, broken: Broken, *, now: datetime) -> bool:
    """Remember that somebody was told of it; False if another process was faster, or it was mended meanwhile."""
    same = (_d.id == broken.destination, _d.broken_since == broken.since, _d.told_at.is_(None))
    return db.execute(update(destination).where(*same).values(told_at=now).returning(_d.id)).scalar() is not None


def try_again(db: Session, destination_id: str) -> bool:
    """Write to it again; its owner is not told a second time if it is still broken. False: it was not broken."""
    return _mend(db, destination_id)


def mended(db: Session, destination_id: str) -> bool:
    """Slack says that it is well again: what waits is sent, and should it break anew, that is news. False: it was."""
    return _mend(db, destination_id, told_at=None)


def _mend(db: Session, destination_id: str, **more: Any) -> bool:  # noqa: ANN401 - columns
    broken = (_d.id == destination_id, _d.broken_since.is_not(None))
    values = {"broken_since": None, "reason": None, "next_at": None} | more
    return db.execute(update(destination).where(*broken).values(values).returning(_d.id)).scalar() is not None
