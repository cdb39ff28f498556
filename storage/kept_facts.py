"""Facts of the whole company (kept_facts): kept for its months, forgotten with any change of what they were read from.

They are read without holding up a writer: `begin` leaves a mark on them, whoever reads sees one state of the store
that is not older, and `finish` keeps what was read if the mark is still there. Whoever changes a table that facts rest
on calls `forget` in the same transaction. No such transaction is under way while a mark is left that it does not know
of: SQLite has one writer at a time; on PostgreSQL `forget` shares a lock that `begin` and `finish` have alone. They do
not wait for it, so that nobody waits behind them.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import uuid4

from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select, text

from metrics.types import Movement
from storage.columns import Day
from storage.schema import metadata

_LOCK: Final = 7_236_413
"""The number of PostgreSQL's advisory lock."""
_KEPT = metadata().tables["kept_facts"]
_c = _KEPT.c

Ledgers = Mapping[int, Sequence[Movement]]
"""Each account's lines, in order of day."""


class Key(NamedTuple):
    """Which facts: their kind, the first day of their period, the day after its last, how they were asked for."""

    kind: str
    start: date
    until: date
    asked: str


_KEY: Final = tuple(_c[name] for name in Key._fields)
_THIS: Final = and_(
    _c.kind == bindparam("of_kind"),
    _c.start == bindparam("of_start", type_=Day),
    _c.until == bindparam("of_until", type_=Day),
    _c.asked == bindparam("of_asked"),
)


# --- Keeping -------------------------------------------------------------------------------------------------------


def there(connection: Connection) -> set[Key]:
    """Which facts are kept."""
    return {Key(*row) for row in connection.execute(select(*_KEY).where(_c.mark.is_(None)))}


def begin(connection: Connection, keys: Collection[Key], rests_on: Collection[str]) -> str | None:
    """Leave a mark on facts that are to be read; another one's is replaced, who will read in vain.

    None: a writer that changes something is under way, so that they are to be left for another time.
    """
    if not _alone(connection):
        return None
    mark = uuid4().hex
    _delete(connection, keys)
    named = "".join(f" {table}" for table in sorted(rests_on)) + " "
    rows = [{**key._asdict(), "rests_on": named, "mark": mark, "facts": None} for key in keys]
    connection.execute(insert(_KEPT), rows)
    return mark


def finish(connection: Connection, mark: str, found: Mapping[Key, Any]) -> int:
    """Keep facts, as JSON has them (None: they cannot be read), and say how many.

    Left out are those of which anything has changed since the mark was left.
    """
    if not _alone(connection):
        return 0
    marked = connection.execute(select(*_KEY, _c.rests_on).where(_c.mark == mark)).all()
    rows = [
        {**key._asdict(), "rests_on": row[-1], "mark": None, "facts": found[key]}
        for row in marked
        if (key := Key(*row[:-1])) in found
    ]
    if rows:
        _delete(connection, [Key(*row[:-1]) for row in marked])
        connection.execute(insert(_KEPT), rows)
    return len(rows)


def let_go(connection: Connection, keys: Collection[Key]) -> None:
    """Keep these no longer."""
    _delete(connection, keys)


# --- Forgetting ----------------------------------------------------------------------------------------------------


def forget(connection: Connection, *tables: str, since: date | None = None) -> None:
    """Rows of these tables change in this transaction: facts that rest on them are read anew.

    `since` is the first day that the changed rows, as they were and as they become, are about: months before it stay.
    None: any day. A moment counts as its day in any time zone.

    To be called after the change, and last of what may wait: on PostgreSQL who forgets the same waits for this one.
    """
    if not _any(connection):
        return
    rests = or_(*(_c.rests_on.contains(f" {table} ", autoescape=True) for table in tables))
    # Days of moments differ by one from zone to zone.
    late = () if since is None else (_c.until >= since,)
    connection.execute(delete(_KEPT).where(rests, *late))


def forget_lines(connection: Connection, before: Ledgers, after: Ledgers) -> None:
    """The lines of accounts are those of `after`, not of `before`."""
    if not _any(connection):
        return
    moved = [
        min(line.day for line in lines)
        for account in {*before, *after}
        if (lines := {*before.get(account, ())} ^ {*after.get(account, ())})
    ]
    if moved:
        forget(connection, "mrr_movement", since=min(moved))


def _any(connection: Connection) -> bool:
    """Whether there is anything to forget, or will be before this transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock_shared(:number)"), {"number": _LOCK})
    return connection.execute(select(_c.kind).limit(1)).first() is not None


# --- Rows ----------------------------------------------------------------------------------------------------------


def _alone(connection: Connection) -> bool:
    """Whether nobody else changes anything until the end of this transaction."""
    if connection.dialect.name != "postgresql":
        return True
    taken = connection.execute(text("SELECT pg_try_advisory_xact_lock(:number)"), {"number": _LOCK})
    return bool(taken.scalar_one())


def _delete(connection: Connection, keys: Collection[Key]) -> None:
    if keys:
        rows = [{f"of_{name}": value for name, value in key._asdict().items()} for key in keys]
        connection.execute(delete(_KEPT).where(_THIS), rows)
