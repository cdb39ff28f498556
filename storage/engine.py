"""open_engine(url): an engine with the connection settings that the store relies on."""

import sqlite3
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL, Connection

ROWS_AT_ONCE = 100
"""Rows in one statement that inserts and returns: the driver keeps statements, each as large as its number of rows."""


def open_engine(url: str | URL) -> Engine:
    """Open SQLite (WAL, foreign keys on, explicit transactions) or PostgreSQL (psycopg).

    On SQLite a transaction begins as the execution option `latido_begin` says: "IMMEDIATE" for writers, so that two
    writers wait for each other instead of failing on the upgrade of a read lock; otherwise "DEFERRED".
    """
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        return create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    engine = create_engine(
        address, connect_args={"timeout": 30}, pool_size=20, max_overflow=20, insertmanyvalues_page_size=ROWS_AT_ONCE
    )
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_connection(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401
    connection.isolation_level = None  # the driver must not begin transactions of its own
    execute: Callable[[str], sqlite3.Cursor] = connection.execute
    execute("PRAGMA journal_mode=WAL")
    execute("PRAGMA synchronous=NORMAL")
    execute("PRAGMA foreign_keys=ON")
    execute("PRAGMA cache_size=-65536")
    execute("PRAGMA temp_store=MEMORY")


def _begin(connection: Connection) -> None:
    begin = connection.get_execution_options().get("latido_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {begin}")
