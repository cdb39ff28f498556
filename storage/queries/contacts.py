"""The people of an account."""

from datetime import date, timedelta

from sqlalchemy import bindparam, case, func, or_, select

from metrics.types import Contact
from storage.prepared import Prepared
from storage.queries.asking import AS_OF, AS_OF_DAY
from storage.queries.tables import contact, usage
from storage.queries.use import is_use
from storage.session import Session

REMEMBERED_DAYS = 180
"""For so long a point of contact who left is still told of."""

_c = contact.c
_left = case((_c.left_on <= AS_OF, _c.left_on))
_last_seen = (
    select(usage.c.day)
    .where(
        usage.c.account_id == _c.account_id,
        usage.c.day <= AS_OF_DAY,
        or_(usage.c.user_key == _c.key, func.lower(usage.c.user_key) == _c.email),
        is_use(usage),
    )
    .order_by(usage.c.day.desc())
    .limit(1)
    .scalar_subquery()
)
_points = Prepared(
    select(_c.key, _c.name, _c.role, _c.is_poc, _c.started_on, _left, _last_seen).where(
        _c.account_id == bindparam("account_id"),
        _c.is_poc,
        or_(_c.started_on.is_(None), _c.started_on <= AS_OF),
        or_(_c.left_on.is_(None), _c.left_on > bindparam("remembered")),
    )
)


def points_of_contact(db: Session, account_id: int, *, as_of: date) -> tuple[Contact, ...]:
    """The points of contact there on a day, by name, then those who left in the REMEMBERED_DAYS before, latest first.

    Somebody was last seen on the last day of use under their key or e-mail address; None where nothing tells.
    """
    remembered = as_of - timedelta(days=REMEMBERED_DAYS)
    asked = {"account_id": account_id, "as_of": as_of, "as_of_day": as_of, "remembered": remembered}
    people = sorted(
        (Contact._make(row) for row in _points.rows(db, asked)), key=lambda one: (one.name.casefold(), one.key)
    )
    gone = [one for one in people if one.left_on is not None]
    here = [one for one in people if one.left_on is None]
    return (*here, *sorted(gone, key=lambda one: one.left_on or as_of, reverse=True))
