"""Messages in which alerts stand: which of them live, which still wait, and how much a destination has just got."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, and_, func, insert, or_, select

from storage.queries.tables import alert_place, outbox
from storage.session import Session

ONE: Final = "alert"
MANY: Final = "alerts"
LEAD: Final = "alert lead"
REMINDER: Final = "alert reminder"
HANDED: Final = "alert handed"
"""What a message is for, as the outbox keeps it: about one alert, about several, nobody took it, it is past its day,
a colleague has given it to whoever reads it."""

_o, _p = outbox.c, alert_place.c
_living = or_(_o.state.in_(("pending", "sending", "sent")), and_(_o.state == "unknown", _o.settled_at.is_(None)))


class Place(NamedTuple):
    """A message and the alerts in it."""

    outbox_id: int
    purpose: str
    destination: str
    state: str
    due_at: datetime
    alert_ids: tuple[int, ...]


def place(db: Session, alert_id: int, outbox_id: int) -> None:
    """Note that the alert stands in a message of the outbox."""
    known = select(alert_place.c.alert_id).where(
        alert_place.c.alert_id == alert_id, alert_place.c.outbox_id == outbox_id
    )
    if db.execute(known).scalar() is None:
        db.execute(insert(alert_place).values(alert_id=alert_id, outbox_id=outbox_id))


def places_of(db: Session, alert_id: int) -> list[int]:
    """The messages of the outbox in which the alert stands."""
    rows = select(alert_place.c.outbox_id).where(alert_place.c.alert_id == alert_id).order_by(alert_place.c.outbox_id)
    return list(db.execute(rows).scalars())


def placed_in(db: Session, outbox_id: int) -> list[int]:
    """The alerts that a message tells of."""
    rows = select(alert_place.c.alert_id).where(alert_place.c.outbox_id == outbox_id).order_by(alert_place.c.alert_id)
    return list(db.execute(rows).scalars())


def living(db: Session, alert_id: int) -> list[Place]:
    """The messages in which an alert stands that were sent or will be, in order."""
    mine = select(_p.outbox_id).where(_p.alert_id == alert_id)
    return _places(db, _rows.where(_o.id.in_(mine), _living))


def waiting(db: Session, destination: str, *, after: datetime) -> list[Place]:
    """The messages about new alerts that nobody has tried to send yet and that are due only after a moment."""
    untried = (_o.state == "pending", _o.attempts == 0, _o.due_at > after)
    return _places(db, _rows.where(_o.destination == destination, _o.purpose.in_((ONE, MANY)), *untried))


def told(db: Session, alert_ids: Iterable[int]) -> set[int]:
    """Those of the alerts that stand in some message already."""
    return set(db.execute(select(_p.alert_id).where(_p.alert_id.in_(tuple(alert_ids))).distinct()).scalars())


class Lately(NamedTuple):
    """What a destination has got of new alerts."""

    alerts: int
    last_group: datetime | None
    """When the last message about several of them was due; None: there was none."""


def lately(db: Session, destination: str, *, since: datetime, until: datetime) -> Lately:
    """The new alerts that a destination was told of from `since` up to `until`."""
    about = (_o.destination == destination, _o.purpose.in_((ONE, MANY)), _o.due_at > since, _o.due_at <= until, _living)
    count = select(func.count(_p.alert_id)).join_from(outbox, alert_place, _p.outbox_id == _o.id).where(*about)
    last = select(func.max(_o.due_at)).where(*about, _o.purpose == MANY)
    return Lately(int(db.execute(count).scalar_one()), db.execute(last).scalar())


_rows: Select[Any] = select(_o.id, _o.purpose, _o.destination, _o.state, _o.due_at).order_by(_o.id)


def _places(db: Session, query: Select[Any]) -> list[Place]:
    rows = db.execute(query).all()
    inside: dict[int, list[int]] = {row[0]: [] for row in rows}
    held = select(_p.outbox_id, _p.alert_id).where(_p.outbox_id.in_(inside)).order_by(_p.alert_id)
    for outbox_id, alert_id in db.execute(held):
        inside[outbox_id].append(alert_id)
    return [Place(id_, purpose, to, state, due, tuple(inside[id_])) for id_, purpose, to, state, due in rows]
