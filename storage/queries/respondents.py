"""What Slack says of customers' people: address, zone and language, and whether they are still there."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.queries.tables import respondent
from storage.session import Session

_c = respondent.c


class Respondent(NamedTuple):
    """One person."""

    user_id: str
    team_id: str | None
    zone: str | None
    """IANA name."""
    language: str | None
    """One that we speak."""
    gone: bool
    """Deactivated."""
    email: str | None = None
    """In lower case."""


def remember(db: Session, person: Respondent, *, now: datetime) -> None:
    """Keep what Slack says of somebody now; an address also where it says none any more."""
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = person._asdict() | {"seen_at": now}
    del values["user_id"]
    row = insert(respondent).values(user_id=person.user_id, **values)
    values["email"] = func.coalesce(row.excluded.email, _c.email)
    db.execute(row.on_conflict_do_update(index_elements=[_c.user_id], set_=values))


def respondent_of(db: Session, user_id: str) -> Respondent | None:
    """What is known of somebody; None: Slack was never asked."""
    row = db.execute(select(*(_c[name] for name in Respondent._fields)).where(_c.user_id == user_id)).first()
    return None if row is None else Respondent._make(row)
