"""Which comments flow to which channel, and the messages in which a comment stands already."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import delete, insert, or_, select, update

from storage.queries.tables import outbox, verbatim_route
from storage.session import Session

VERBATIM: Final = "verbatim"
EDIT: Final = "verbatim edit"
"""What messages with comments are for, as the outbox keeps it."""

_c, _o = verbatim_route.c, outbox.c


class VerbatimRoute(NamedTuple):
    """One line: what it asks of an answer (None: nothing), and where the comment beside it goes."""

    channel_id: str
    kind: str | None
    lowest: int | None
    highest: int | None
    segment: str | None
    """Upper and lower case are the same."""
    owner: str
    """Who set it up."""
    id: int = 0

    def fits(self, kind: str, score: int | None, segment: str | None) -> bool:
        """Whether it is for an answer of that kind and score, of an account in that segment."""
        if self.kind not in {None, kind}:
            return False
        if score is None and (self.lowest is not None or self.highest is not None):
            return False
        if score is not None and not (self.lowest or 0) <= score <= (score if self.highest is None else self.highest):
            return False
        return self.segment is None or self.segment.casefold() == (segment or "").casefold()


_fields = ("channel_id", "kind", "lowest", "highest", "segment", "owner")


def verbatim_routes(db: Session) -> tuple[VerbatimRoute, ...]:
    """All of them, in the order in which they were set up."""
    rows = db.execute(select(*(_c[name] for name in _fields), _c.id).order_by(_c.id))
    return tuple(VerbatimRoute._make(row) for row in rows)


def add(db: Session, route: VerbatimRoute) -> int:
    """Keep a new one; its id."""
    return int(db.execute(insert(verbatim_route).values(_values(route)).returning(_c.id)).scalar_one())


def change(db: Session, route: VerbatimRoute) -> bool:
    """Put one in the place of the one with its id; False if that is gone."""
    row = update(verbatim_route).where(_c.id == route.id).values(_values(route)).returning(_c.id)
    return db.execute(row).scalar() is not None


def remove(db: Session, route_id: int) -> bool:
    """Take one away; False if it is gone already."""
    return db.execute(delete(verbatim_route).where(_c.id == route_id).returning(_c.id)).scalar() is not None


def _values(route: VerbatimRoute) -> dict[str, Any]:
    return {name: getattr(route, name) for name in _fields}


class Standing(NamedTuple):
    """A message in which a comment stands, or stood."""

    outbox_id: int
    occurrence: str
    destination: str
    state: str
    content: Mapping[str, Any]
    """As it was last put, the last edit of it included."""


def messages_of(db: Session, response_id: int) -> list[Standing]:
    """The messages with the comment of an answer, in order; those taken back or refused too."""
    mine = or_(_o.occurrence == f"{response_id}", _o.occurrence.startswith(f"{response_id} ", autoescape=True))
    rows = select(_o.id, _o.occurrence, _o.destination, _o.state, _o.content).where(_o.purpose == VERBATIM, mine)
    found = {row.id: Standing._make(row) for row in db.execute(rows.order_by(_o.id))}
    edits = select(_o.edits, _o.content).where(_o.purpose == EDIT, _o.edits.in_(found)).order_by(_o.id)
    for of, content in db.execute(edits):
        found[of] = found[of]._replace(content=content)
    return list(found.values())
