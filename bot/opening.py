"""open_store(url): the store, ready to use or refused with a sentence."""

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from storage.engine import open_engine
from storage.errors import StoreError
from storage.migrate import require_current, upgrade


def open_store(url: str) -> Engine:
    """Open the store. An SQLite file is brought up to date by itself; PostgreSQL is not, as several processes share it.

    StoreError says why it cannot be opened; SchemaBehind says to run `latido migrate`.
    """
    engine = reach(url)
    try:
        if engine.dialect.name == "sqlite":
            upgrade(engine)
        else:
            require_current(engine)
    except StoreError:
        engine.dispose()
        raise
    return engine


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
