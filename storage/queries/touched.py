"""The accounts that wait for their signals to be looked at, because new data of them has come in."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.queries.tables import account, touched_account
from storage.session import Session
from storage.touched import EVERYBODY

_t = touched_account.c


class Waiting(NamedTuple):
    """How many accounts wait."""

    accounts: int
    everybody: bool
    """All accounts do."""


def waiting(db: Session) -> Waiting:
    """How many accounts wait, and whether all do."""
    count, least = db.execute(select(func.count(), func.min(_t.account_id))).one()
    return Waiting(count, least == EVERYBODY)


def take(db: Session, most: int) -> list[int]:
    """Take up to so many accounts that wait, in order of id; they wait no more, unless the transaction fails.

    Taken before anything is read of them: data that comes in later makes them wait again.
    """
    gone = delete(touched_account).where(_t.account_id == EVERYBODY).returning(_t.touched_at)
    since = db.execute(gone).scalar()
    if since is not None:
        _name_everybody(db, since)
    first = select(_t.account_id).where(_t.account_id != EVERYBODY).order_by(_t.account_id).limit(most)
    ids = list(db.execute(first.with_for_update(skip_locked=True)).scalars())
    if ids:
        db.execute(delete(touched_account).where(_t.account_id.in_(ids)))
    return ids


def _name_everybody(db: Session, since: datetime) -> None:
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    # SQLite takes no ON CONFLICT after a SELECT without WHERE.
    everybody = select(account.c.id, literal(since, _t.touched_at.type)).where(account.c.id > EVERYBODY)
    named = insert(touched_account).from_select(["account_id", "touched_at"], everybody.order_by(account.c.id))
    db.execute(named.on_conflict_do_nothing())
