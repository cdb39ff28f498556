"""Which accounts have new data: noted in the transaction that brings it, so that their signals are looked at soon."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema import metadata

EVERYBODY: Final = 0
"""Stands for all accounts."""
_TABLE = metadata().tables["touched_account"]
_ACCOUNT = metadata().tables["account"]
_MANY: Final = 200
"""So many are noted one by one without asking whether they are most of all."""
_PORTION: Final = 500
"""Keys that one statement names."""


def touch(connection: Connection, account_ids: Collection[int], *, now: datetime) -> None:
    """Note that these accounts have new data; where they are more than half of all, that everybody has."""
    if not account_ids:
        return
    noted: Collection[int] = account_ids
    if len(account_ids) > _MANY:
        everybody = connection.execute(select(func.count()).select_from(_ACCOUNT)).scalar_one()
        noted = (EVERYBODY,) if 2 * len(account_ids) > everybody else account_ids
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    rows = [{"account_id": account_id, "touched_at": now} for account_id in sorted(noted)]
    connection.execute(insert(_TABLE).on_conflict_do_nothing(), rows)


def touch_keys(connection: Connection, keys: Collection[str], *, now: datetime) -> None:
    """The same for the accounts with these keys."""
    ordered = sorted(keys)
    ids: set[int] = set()
    for start in range(0, len(ordered), _PORTION):
        some = ordered[start : start + _PORTION]
        ids.update(connection.execute(select(_ACCOUNT.c.id).where(_ACCOUNT.c.key.in_(some))).scalars())
    touch(connection, ids, now=now)
