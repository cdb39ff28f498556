"""open_store(url): the store, ready to use or refused with a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.engine import open_engine
from storage.errors import StoreError
from storage.migrate import is_current, require_current, upgrade


def open_store(url: str) -> Engine:
    """Open the store. An SQLite file is brought up to date by itself; PostgreSQL is not, as several processes share it.

    StoreError says why it cannot be opened; SchemaBehind says to run `latido migrate`.
    """
    engine = reach(url)
    try:
        if engine.dialect.name == "sqlite":
            _bring_up_to_date(engine)
        else:
            require_current(engine)
    except StoreError:
        engine.dispose()
        raise
    return engine


def _bring_up_to_date(engine: Engine) -> None:
    """Apply what is missing, if anything is: a store that is up to date is opened while others write into it."""
    if not is_current(engine):
        with waiting_for_writers():
            upgrade(engine)


@contextmanager
def waiting_for_writers() -> Iterator[None]:
    """StoreError with a sentence where SQLite gave up waiting for another process that writes."""
    try:
        yield
    except OperationalError as error:
        if "locked" not in str(error.orig):
            raise
        raise StoreError("another process is writing into the store; try again when it is done") from None


def reach(url: str) -> Engine:
    """The store as it is, perhaps behind; StoreError if it cannot be reached."""
    engine = open_engine(url)
    try:
        engine.connect().close()
    except DBAPIError as error:
        engine.dispose()
        reason = " ".join(str(error.orig).split())
        raise StoreError(f"the store cannot be opened ({reason}); look at LATIDO_DATABASE_URL") from None
    return engine
