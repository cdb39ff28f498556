"""What the store remembers about itself, by name."""

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.queries.tables import setting
from storage.session import Session

_c = setting.c


def recall(db: Session, name: str) -> str | None:
    """What is remembered under a name; None: nothing."""
    return db.execute(select(_c.value).where(_c.name == name)).scalar()


def remember(db: Session, name: str, value: str) -> None:
    """Remember `value` (at most 1,000 letters) under a name, in the place of what was."""
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = insert(setting).values(name=name, value=value)
    db.execute(new.on_conflict_do_update(index_elements=[_c.name], set_={"value": new.excluded.value}))


def forget(db: Session, beginning: str, *, below: str) -> None:
    """Forget what has a name that begins so and a value below another, as texts go."""
    db.execute(delete(setting).where(_c.name.startswith(beginning, autoescape=True), _c.value < below))
