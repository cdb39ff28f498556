"""The people of an account."""

from datetime import date, timedelta

from sqlalchemy import case, func, or_, select

from metrics.types import Contact
from storage.queries.tables import contact, usage
from storage.queries.use import is_use
from storage.session import Session

REMEMBERED_DAYS = 180
"""For so long a point of contact who left is still told of."""


def points_of_contact(db: Session, account_id: int, *, as_of: date) -> tuple[Contact, ...]:
    """The points of contact there on a day, by name, then those who left in the REMEMBERED_DAYS before, latest first.

    Somebody was last seen on the last day of use under their key or e-mail address; None where nothing tells.
    """
    c = contact.c
    left = case((c.left_on <= as_of, c.left_on))
    last_seen = (
        select(usage.c.day)
        .where(
            usage.c.account_id == c.account_id,
            usage.c.day <= as_of,
            or_(usage.c.user_key == c.key, func.lower(usage.c.user_key) == func.lower(c.email)),
            is_use(usage),
        )
        .order_by(usage.c.day.desc())
        .limit(1)
        .scalar_subquery()
    )
    found = db.execute(
        select(c.key, c.name, c.role, c.is_poc, c.started_on, left, last_seen).where(
            c.account_id == account_id,
            c.is_poc,
            or_(c.started_on.is_(None), c.started_on <= as_of),
            or_(c.left_on.is_(None), c.left_on > as_of - timedelta(days=REMEMBERED_DAYS)),
        )
    )
    people = sorted((Contact._make(row) for row in found), key=lambda one: (one.name.casefold(), one.key))
    gone = [one for one in people if one.left_on is not None]
    here = [one for one in people if one.left_on is None]
    return (*here, *sorted(gone, key=lambda one: one.left_on or as_of, reverse=True))
