"""Rows of a benchmark's company on their way into a store: many at a time on SQLite, by COPY on PostgreSQL."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection

from storage.schema import metadata

_PORTION = 20_000
"""So many lines are written to PostgreSQL at a time."""


def put(connection: Connection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns, in their order."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    columns = tuple(first)
    values = ([row[name] for name in columns] for row in chain((first,), rows))
    written = _written(connection, table, columns, values)
    names = ", ".join(map(connection.dialect.identifier_preparer.quote, columns))
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in written:
                copy.write_row(row)
        return
    cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' for _ in columns)})", written)


def put_plain(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[int | float | str, ...]]
) -> None:
    """Insert rows of plain values, below SQLAlchemy."""
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            lines = ("\t".join(map(str, row)) + "\n" for row in rows)
            while portion := "".join(islice(lines, _PORTION)):
                copy.write(portion)
        return
    marks = ", ".join("?" for _ in columns)
    cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


def _written(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterator[list[Any]]
) -> Iterator[list[Any]]:
    """The rows as the driver takes them."""
    dialect = connection.dialect
    kinds = (metadata().tables[table].columns[name].type.dialect_impl(dialect) for name in columns)
    writers = [(place, write) for place, kind in enumerate(kinds) if (write := kind.bind_processor(dialect))]
    for row in rows:
        for place, write in writers:
            row[place] = write(row[place])
        yield row
