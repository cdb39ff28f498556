"""When accounts last did something for the company in public."""

from datetime import date

from sqlalchemy import func, select

from storage.queries.asking import AS_OF, Asked, question
from storage.queries.tables import advocacy
from storage.session import Session

_c = advocacy.c
_last = question(select(_c.account_id, func.max(_c.day)).where(_c.day <= AS_OF).group_by(_c.account_id), _c.account_id)


def advocated(db: Session, asked: Asked) -> dict[int, date]:
    """By account the last day of a referral, review, case study, reference or talk up to the day asked about."""
    return {row[0]: row[1] for row in _last.ask(db, asked)}
