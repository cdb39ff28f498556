"""People who want no more survey questions."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from storage.queries.tables import survey_optout
from storage.session import Session

_c = survey_optout.c


def opt_out(db: Session, user_id: str, contact_id: int | None, *, now: datetime) -> None:
    """Ask the person nothing any more; who has said so already has said so since then."""
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(survey_optout).values(user_id=user_id, contact_id=contact_id, said_at=now)
    db.execute(row.on_conflict_do_nothing())


def opt_in(db: Session, user_id: str) -> None:
    """The person may be asked after all."""
    db.execute(delete(survey_optout).where(_c.user_id == user_id))
