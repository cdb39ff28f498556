"""Who goes first: what colleagues are told never waits behind a customer survey, however long that is.

What customers get is sent at a pace of its own, kept by all processes together in a row of `destination` that is no
place: when the next one may go.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.queries.tables import destination, outbox
from storage.session import Session

_c, _d = outbox.c, destination.c


class Lane(NamedTuple):
    """Messages that are as urgent as each other."""

    name: str
    """In the place of a destination's id; empty: a lane without a pace of its own."""
    pace: timedelta
    """Between two messages."""
    to_customer: bool
    edits: bool = False
    """Of those to customers: what is put in the place of something that is there."""

    @property
    def messages(self) -> ColumnElement[bool]:
        """Which messages go here."""
        if not self.to_customer:
            return _c.to_customer.is_(False)
        return and_(_c.to_customer.is_(True), _c.edits.is_not(None) if self.edits else _c.edits.is_(None))


COLLEAGUES: Final = Lane("", timedelta(0), to_customer=False)
EDIT_PACE: Final = timedelta(seconds=1.3)
"""Slack takes some fifty edits a minute from an app."""


def lanes(questions_an_hour: int) -> tuple[Lane, ...]:
    """All lanes, the most urgent first."""
    return (
        COLLEAGUES,
        Lane("customer-edits", EDIT_PACE, to_customer=True, edits=True),
        Lane("customer-questions", timedelta(hours=1) / questions_an_hour, to_customer=True),
    )


def passable(db: Session, known: Sequence[Lane], *, now: datetime) -> list[Lane]:
    """The lanes in which something may go now, in the same order."""
    names = [lane.name for lane in known if lane.name]
    if not names:
        return list(known)
    held = set(db.execute(select(_d.id).where(_d.id.in_(names), _d.next_at > now)).scalars())
    return [lane for lane in known if lane.name not in held]


def take(db: Session, lane: Lane, *, now: datetime) -> bool:
    """Let one message through and keep the next one back for the lane's pace; False if another process was faster."""
    if not lane.name:
        return True
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(destination).values(id=lane.name, next_at=now + lane.pace)
    free = or_(_d.next_at.is_(None), _d.next_at <= now)
    taken = row.on_conflict_do_update(index_elements=[_d.id], set_={"next_at": now + lane.pace}, where=free)
    return db.execute(taken.returning(_d.id)).scalar() is not None


def hold(db: Session, *, edits: bool, until: datetime) -> None:
    """Keep back what goes to customers: Slack wants fewer calls."""
    _set(db, _name(edits=edits), until)


def give_back(db: Session, *, edits: bool, now: datetime) -> None:
    """What was let through is not sent after all: the next one may go."""
    _set(db, _name(edits=edits), now)


def _set(db: Session, name: str, moment: datetime) -> None:
    db.execute(update(destination).where(_d.id == name).values(next_at=moment))


def _name(*, edits: bool) -> str:
    return "customer-edits" if edits else "customer-questions"
