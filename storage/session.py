"""One transaction an interaction: `with transaction(engine) as db` commits at its end or leaves nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text
from sqlmodel import Session

__all__ = ["Session", "let_go", "loading", "reading", "transaction"]

_ONE_LOADER = 7_236_411
"""The number of PostgreSQL's advisory lock that loads take, so that they wait for each other as SQLite's writers do."""


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session that may write: committed when the block ends, rolled back when it raises."""
    with (
        engine.connect().execution_options(latido_begin="IMMEDIATE") as connection,
        connection.begin(),
        Session(connection, expire_on_commit=False) as db,
    ):
        yield db
        db.flush()


@contextmanager
def loading(engine: Engine) -> Iterator[Session]:
    """A transaction that has the turn to load: of several loads each sees what the others have stored."""
    with transaction(engine) as db:
        if engine.dialect.name == "postgresql":
            db.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_LOADER})
        yield db


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one state of the store throughout and leaves no trace."""
    with _snapshot(engine) as connection, Session(connection, expire_on_commit=False) as db:
        yield db


def let_go(db: Session) -> None:
    """Give back the memory that holds parts of the store: whoever goes through all of it needs none of them again."""
    if db.get_bind().dialect.name == "sqlite":
        db.connection().exec_driver_sql("PRAGMA shrink_memory")


def _snapshot(engine: Engine) -> Connection:
    """A connection whose transaction sees one state: SQLite's always do, PostgreSQL's must be told to."""
    connection = engine.connect()
    if engine.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return connection
