"""Storing many rows at once, below the ORM: executemany on SQLite, COPY and two statements on PostgreSQL.

A row whose key is not stored yet is inserted, one with other values updates the stored row, one without is not written
at all. Of rows with the same key that come together the last one counts alone: those before it are superseded, neither
new nor changed, so that the same rows again change nothing.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import JSON, Column, Connection, Dialect, LargeBinary
from sqlalchemy.types import TypeEngine

from storage.cells import Encode, as_it_is
from storage.entity import Field
from storage.layout import Layout

_INCOMING = "latido_incoming"


class Written(NamedTuple):
    """How many rows came in new, and how many changed what was stored."""

    new: int
    changed: int


class Statements(NamedTuple):
    """How rows of one layout are stored in one database."""

    prepare: str
    insert: str
    update: str
    """Empty where all columns belong to the key."""
    copy: str
    key: tuple[int, ...]
    """The places of the key's columns in a row."""


def encoders(layout: Layout, dialect: Dialect) -> Mapping[str, Encode]:
    """For each column of the table, how a value is handed to the driver."""
    table = layout.entity.table
    if dialect.name == "postgresql":
        return {column.name: copy_encoder(column, dialect) for column in table.columns}
    return {column.name: _bind(column, dialect) for column in table.columns}


def statements(layout: Layout, dialect: Dialect) -> Statements:
    """The SQL for rows of `layout`."""
    build = _postgresql if dialect.name == "postgresql" else _sqlite
    return build(layout, dialect)


def store(connection: Connection, sql: Statements, columns: Sequence[Sequence[Any]]) -> Written:
    """Insert rows that are new and update those that have changed; `columns` hold them, none is empty."""
    columns = _last_of_each_key(columns, sql.key)
    if connection.dialect.name == "postgresql":
        return _copy_and_merge(connection, sql, list(zip(*columns, strict=True)))
    cursor: Any = connection.connection.cursor()
    new = cursor.executemany(sql.insert, zip(*columns, strict=True)).rowcount
    if not sql.update or new == len(columns[0]):
        return Written(new, 0)
    return Written(new, cursor.executemany(sql.update, zip(*columns, strict=True)).rowcount)


def _last_of_each_key(columns: Sequence[Sequence[Any]], key: tuple[int, ...]) -> Sequence[Sequence[Any]]:
    """The rows without those whose key comes again further down."""
    keys = [columns[place] for place in key]
    # As nearly always no key comes twice; their hashes tell so at a quarter of the price of a set of keys.
    if len(set(map(hash, zip(*keys, strict=True)))) == len(keys[0]):
        return columns
    places = sorted(dict(zip(zip(*keys, strict=True), count(), strict=False)).values())
    return [[column[place] for place in places] for column in columns]


# --- SQLite --------------------------------------------------------------------------------------------------------


def _sqlite(layout: Layout, dialect: Dialect) -> Statements:
    quote = dialect.identifier_preparer.quote
    table = quote(layout.entity.table.name)
    columns, constants = layout.columns, _constants(layout)
    into = ", ".join(map(quote, [*columns, *constants]))
    values = ", ".join([*("?" for _ in columns), *constants.values()])
    insert = f"INSERT INTO {table} ({into}) VALUES ({values}) ON CONFLICT DO"  # noqa: S608 - our own names, quoted
    settable = [quote(column) for column in _settable(layout)]
    sets = ", ".join(f"{column} = excluded.{column}" for column in settable)
    differs = " OR ".join(f"{table}.{column} IS NOT excluded.{column}" for column in settable)
    update = f"{insert} UPDATE SET {sets} WHERE {differs}" if settable else ""
    return Statements("", f"{insert} NOTHING", update, "", _key_places(layout))


# --- PostgreSQL ----------------------------------------------------------------------------------------------------


def _postgresql(layout: Layout, dialect: Dialect) -> Statements:
    quote = dialect.identifier_preparer.quote
    table = quote(layout.entity.table.name)
    columns, constants = [quote(column) for column in layout.columns], _constants(layout)
    listed = ", ".join(columns)
    same = " AND ".join(_same(field, layout, quote(field.stored_as)) for field in layout.entity.key)
    into = ", ".join([*columns, *map(quote, constants)])
    values = ", ".join([*columns, *constants.values()])
    settable = [quote(column) for column in _settable(layout)]
    sets = ", ".join(f"{column} = incoming.{column}" for column in settable)
    differs = " OR ".join(f"stored.{column} IS DISTINCT FROM incoming.{column}" for column in settable)
    insert = (
        f"INSERT INTO {table} ({into}) SELECT {values} FROM {_INCOMING} incoming "  # noqa: S608 - our own names, quoted
        f"WHERE NOT EXISTS (SELECT FROM {table} stored WHERE {same})"
    )
    update = f"UPDATE {table} stored SET {sets} FROM {_INCOMING} incoming WHERE {same} AND ({differs})"  # noqa: S608
    return Statements(
        prepare=f"CREATE TEMPORARY TABLE {_INCOMING} ON COMMIT DROP AS SELECT {listed} FROM {table} LIMIT 0",  # noqa: S608
        insert=insert,
        update=update if settable else "",
        copy=f"COPY {_INCOMING} ({listed}) FROM STDIN",
        key=_key_places(layout),
    )


def _same(field: Field, layout: Layout, name: str) -> str:
    """That a key's column is the same in the stored and the incoming row."""
    nullable = layout.entity.table.columns[field.stored_as].nullable
    if field not in layout.fields:
        return f"stored.{name} IS NULL" if nullable else f"stored.{name} = {_literal(field)}"
    return f"stored.{name} {'IS NOT DISTINCT FROM' if nullable else '='} incoming.{name}"


def _copy_and_merge(connection: Connection, sql: Statements, rows: Sequence[tuple[Any, ...]]) -> Written:
    cursor = connection.connection.cursor()
    cursor.execute(sql.prepare)
    with cursor.copy(sql.copy) as copy:
        copy.write("".join(["\t".join(row) + "\n" for row in rows]))
    cursor.execute(f"ANALYZE {_INCOMING}")
    cursor.execute(sql.insert)
    new, changed = cursor.rowcount, 0
    if sql.update and new < len(rows):
        cursor.execute(sql.update)
        changed = cursor.rowcount
    cursor.execute(f"DROP TABLE {_INCOMING}")
    return Written(new, changed)


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_encoder(column: Column[Any], dialect: Dialect) -> Callable[[Any], str]:
    """How a value of the column is written in the text format of COPY."""
    own = next((write for kind, write in _IN_COPY.items() if isinstance(column.type, kind)), None)
    bind = own or _bind(column, dialect)

    def encode(value: Any) -> str:  # noqa: ANN401
        bound = None if value is None else bind(value)
        return "\\N" if bound is None else str(bound).translate(_ESCAPES)

    return encode


def _hexadecimal(value: bytes) -> str:
    return f"\\x{value.hex()}"


_IN_COPY: Mapping[type[TypeEngine[Any]], Callable[[Any], str]] = {JSON: json.dumps, LargeBinary: _hexadecimal}
"""Types whose values SQLAlchemy hands over in a form of the driver's own."""


# --- Both ----------------------------------------------------------------------------------------------------------


def _bind(column: Column[Any], dialect: Dialect) -> Encode:
    """What SQLAlchemy does to a value of the column's type before the driver gets it."""
    processor = column.type.dialect_impl(dialect).bind_processor(dialect)
    return processor or as_it_is


def _constants(layout: Layout) -> dict[str, str]:
    """As SQL, what a new row has in columns that the file lacks and that are not simply unknown."""
    present = {field.name for field in layout.fields}
    return {
        field.stored_as: _literal(field)
        for field in layout.entity.fields
        if field.name not in present and field.default is not None
    }


def _literal(field: Field) -> str:
    return f"'{field.default}'" if isinstance(field.default, str) else str(field.default)


def _settable(layout: Layout) -> list[str]:
    key = {field.stored_as for field in layout.entity.key}
    return [column for column in layout.columns if column not in key]


def _key_places(layout: Layout) -> tuple[int, ...]:
    return tuple(layout.columns.index(field.stored_as) for field in layout.entity.key if field in layout.fields)
