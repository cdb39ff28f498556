"""What has been done already, so that a retry or a double click does nothing twice."""

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.queries.tables import processed_event
from storage.session import Session


def first_time(db: Session, key: str, *, now: datetime) -> bool:
    """Remember `key`; False if it was known. Whoever asks second waits for the first to commit or roll back."""
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    remember = insert(processed_event).values(key=key, processed_at=now).on_conflict_do_nothing()
    return db.connection().execute(remember.returning(processed_event.c.key)).first() is not None


def remembered_before(db: Session, moment: datetime) -> bool:
    """Whether anything is remembered that was done before `moment`."""
    return db.scalar(select(exists().where(processed_event.c.processed_at < moment))) or False


def forget_before(db: Session, moment: datetime) -> int:
    """Forget what was done before `moment`; the number of keys forgotten."""
    return db.connection().execute(delete(processed_event).where(processed_event.c.processed_at < moment)).rowcount


def forget(db: Session, key: str) -> None:
    """Forget one key: what it stood for has certainly not been done."""
    db.connection().execute(delete(processed_event).where(processed_event.c.key == key))
