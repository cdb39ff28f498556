"""Points of contact who have not been seen for 28 days, and what they used to do."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import and_, case, exists, func, or_, select

from metrics.account_facts import QuietPoint
from storage.queries.asking import BEFORE_USED, SINCE, UNTIL, USED_DAY, Asked, question
from storage.queries.departures import CHAMPION, KNOWN, OWN_USE, THERE
from storage.queries.survey_rows import NOT_VOID
from storage.queries.tables import contact, survey_response, usage
from storage.queries.use import is_use
from storage.session import Session

_c, _u, _s = contact.c, usage.c, survey_response.c
_seen_using = exists().where(*OWN_USE, _u.day > BEFORE_USED[28], _u.day <= USED_DAY, is_use(usage))
_seen_answering = exists().where(
    _s.contact_id == _c.id, _s.responded_at >= SINCE[28], _s.responded_at < UNTIL, NOT_VOID
)

_last_user = (
    select(_u.user_key)
    .where(_u.account_id == _c.account_id, _u.day <= USED_DAY)
    .order_by(_u.day.desc(), _u.user_key.desc())
    .limit(1)
    .scalar_subquery()
)
"""Found at once; empty where nothing tells an account's people apart, so that nobody is looked for there."""
_anybody = exists().where(_u.account_id == _c.account_id, _u.day > BEFORE_USED[14], _u.day <= USED_DAY, is_use(usage))
_their_use = (*OWN_USE, _u.day > BEFORE_USED[180], _u.day <= USED_DAY, is_use(usage))
_last_seen = select(_u.day).where(*_their_use).order_by(_u.day.desc()).limit(1).scalar_subquery()
_days = select(func.count(_u.day.distinct())).where(*_their_use).scalar_subquery()
_others_go_on = and_(_last_user != "", _anybody)

_unseen = question(
    select(
        _c.account_id,
        _c.id,
        _c.key,
        _c.name,
        case((CHAMPION, 1), else_=0),
        case((_others_go_on, _last_seen)),
        case((_others_go_on, _days)),
    ).where(_c.is_poc, KNOWN, THERE, ~or_(_seen_using, _seen_answering)),
    _c.account_id,
)


class Unseen(NamedTuple):
    """A point of contact who is there and has not been seen in the product or in surveys for 28 days."""

    account_id: int
    contact_id: int
    key: str
    name: str
    champion: bool
    """Or a decision maker."""
    last_seen_on: date | None
    """Their last use in 180 days; None: there is none, or the account has not been used for 14 days."""
    active_days: int | None


def unseen(db: Session, asked: Asked) -> list[Unseen]:
    """All of them."""
    return [Unseen(*row) for row in _unseen.ask(db, asked)]


def quiet_points(missing: Iterable[Unseen]) -> tuple[QuietPoint, ...]:
    """Those who used to be seen, the longest silence first."""
    return tuple(
        QuietPoint(one.name, bool(one.champion), one.last_seen_on, one.active_days)
        for one in sorted(missing, key=attrgetter("key"))
        if one.last_seen_on is not None and one.active_days
    )
