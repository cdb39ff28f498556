"""Many rows of our own making at once: executemany on SQLite, COPY and one insert on PostgreSQL."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

from storage.bulk import copy_encoder

_BESIDE = "latido_beside"


def insert_many(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, known_stay: bool = False
) -> None:
    """Insert rows that name the same columns.

    One that is there already stays as it is if `known_stay`, else it is an IntegrityError and nothing is inserted.
    """
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copied(connection, table, rows, known_stay=known_stay)
        return
    new = sqlite.insert(table)
    connection.execute(new.on_conflict_do_nothing() if known_stay else new, rows)


def _copied(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, known_stay: bool) -> None:
    dialect = connection.dialect
    quote = dialect.identifier_preparer.quote
    encode = {name: copy_encoder(table.columns[name], dialect) for name in rows[0]}
    into, listed = quote(table.name), ", ".join(map(quote, encode))
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE {_BESIDE} ON COMMIT DROP AS SELECT {listed} FROM {into} LIMIT 0"  # noqa: S608 - our own names, quoted
    )
    cursor: Any = connection.connection.cursor()
    with cursor.copy(f"COPY {_BESIDE} ({listed}) FROM STDIN") as copy:
        copy.write("".join(["\t".join([put(row[name]) for name, put in encode.items()]) + "\n" for row in rows]))
    conflict = " ON CONFLICT DO NOTHING" if known_stay else ""
    connection.exec_driver_sql(f"INSERT INTO {into} ({listed}) SELECT {listed} FROM {_BESIDE}{conflict}")  # noqa: S608
    connection.exec_driver_sql(f"DROP TABLE {_BESIDE}")
    # References are checked by plans that a connection keeps: made while a table was small, they would read all of it.
    connection.exec_driver_sql("DISCARD PLANS")
