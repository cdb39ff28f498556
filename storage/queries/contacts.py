"""The people of an account."""

from collections.abc import Mapping
from datetime import UTC, date, timedelta, tzinfo

from sqlalchemy import bindparam, case, func, or_, select

from metrics.types import Contact
from storage.prepared import Prepared
from storage.queries.asking import AS_OF, AS_OF_DAY, parameters
from storage.queries.departures import Gone, gone
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


def points_of_contact(db: Session, account_id: int, *, as_of: date, zone: tzinfo = UTC) -> tuple[Contact, ...]:
    """The points of contact there on a day, by name, then those who left in the REMEMBERED_DAYS before, latest first.

    Somebody was last seen on the last day of use under their key or e-mail address; None where nothing tells.
    """
    remembered = as_of - timedelta(days=REMEMBERED_DAYS)
    asked = {"account_id": account_id, "as_of": as_of, "as_of_day": as_of, "remembered": remembered}
    signs = {one.key: one for one in gone(db, parameters(as_of, zone, "", (account_id,)), zone)}
    found = (_by_sign(Contact(*row), signs) for row in _points.rows(db, asked))
    people = sorted(
        (one for one in found if one.left_on is None or one.left_on > remembered),
        key=lambda one: (one.name.casefold(), one.key),
    )
    left = [one for one in people if one.left_on is not None]
    here = [one for one in people if one.left_on is None]
    return (*here, *sorted(left, key=lambda one: one.left_on or as_of, reverse=True))


def _by_sign(one: Contact, signs: Mapping[str, Gone]) -> Contact:
    """The contact, as having left where mail or Slack says so and the data do not."""
    sign = signs.get(one.key)
    return one if sign is None or one.left_on is not None else one._replace(left_on=sign.day, left_by=sign.by)
