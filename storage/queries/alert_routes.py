"""The company's routing of alerts: lines in order, of which the first that fits decides."""

from typing import Final, NamedTuple

from sqlalchemy import delete, func, insert, select, update

from storage.queries.tables import alert_route
from storage.session import Session

CSM: Final = "csm"
"""A destination: whoever looks after the account."""
DIGEST: Final = "digest"
"""A destination: nobody by itself, it waits for the digest."""

_c = alert_route.c
_fields = ("rule_id", "severity", "segment", "csm_email", "destination", "language", "lead", "owner")


class Route(NamedTuple):
    """One line; a condition that is None fits every alert."""

    rule_id: str | None
    severity: str | None
    """Of at least this severity."""
    segment: str | None
    csm_email: str | None
    destination: str
    """A channel, a person, CSM or DIGEST."""
    language: str
    """Of what is said in a channel."""
    lead: str | None
    """Who is told when nobody takes such an alert in time; None: the company's lead."""
    owner: str
    """Who set it up."""
    id: int = 0


def routes(db: Session) -> tuple[Route, ...]:
    """All of them, in order."""
    rows = db.execute(select(*(_c[name] for name in _fields), _c.id).order_by(_c.position, _c.id))
    return tuple(Route._make(row) for row in rows)


def add(db: Session, route: Route) -> int:
    """Put one at the end; its id."""
    last = db.execute(select(func.max(_c.position))).scalar() or 0
    row = insert(alert_route).values(position=last + 1, **_values(route)).returning(_c.id)
    return int(db.execute(row).scalar_one())


def change(db: Session, route: Route) -> bool:
    """Put one in the place of the one with its id; False if that is gone."""
    row = update(alert_route).where(_c.id == route.id).values(_values(route)).returning(_c.id)
    return db.execute(row).scalar() is not None


def remove(db: Session, route_id: int) -> bool:
    """Take one away; False if it is gone already."""
    return db.execute(delete(alert_route).where(_c.id == route_id).returning(_c.id)).scalar() is not None


def move_up(db: Session, route_id: int) -> bool:
    """Let one change places with the one before it; False if it is the first, or gone."""
    ids = [route.id for route in routes(db)]
    if route_id not in ids[1:]:
        return False
    at = ids.index(route_id)
    ids[at - 1], ids[at] = ids[at], ids[at - 1]
    for position, each in enumerate(ids, 1):
        db.execute(update(alert_route).where(_c.id == each).values(position=position))
    return True


def _values(route: Route) -> dict[str, str | None]:
    return {name: getattr(route, name) for name in _fields}
