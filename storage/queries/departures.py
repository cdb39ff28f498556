"""Who has left an account although the data do not say so: mail to them bounced, or Slack told of it.

The data's own word (left_on) comes first: whoever has left by it is not looked for here.
"""

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo
from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, or_, select

from metrics.types import LeftBy
from storage.queries.asking import AS_OF, BEFORE_USED, UNTIL, USED_DAY, Asked, question
from storage.queries.survey_rows import NOT_VOID
from storage.queries.tables import contact, contact_sign, survey_response, usage
from storage.queries.use import is_use
from storage.session import Session

_c = contact.c
CHAMPION = or_(_c.role == "champion", _c.role == "decision_maker")
MISSED = or_(_c.is_poc, CHAMPION)
"""Contacts whose leaving matters: points of contact, champions and decision makers."""
KNOWN = or_(_c.started_on.is_(None), _c.started_on <= AS_OF)
THERE = or_(_c.left_on.is_(None), _c.left_on > AS_OF)
"""By the data's own word."""
OWN_USE = (
    usage.c.account_id == _c.account_id,
    or_(usage.c.user_key == _c.key, func.lower(usage.c.user_key) == _c.email),  # addresses are kept in lower case
)
"""Rows of usage that are a contact's own."""
_last_used = (
    select(usage.c.day)
    .where(*OWN_USE, usage.c.day > BEFORE_USED[180], usage.c.day <= USED_DAY, is_use(usage))
    .order_by(usage.c.day.desc())
    .limit(1)
    .scalar_subquery()
)
_last_answered = (
    select(func.max(survey_response.c.responded_at))
    .where(survey_response.c.contact_id == _c.id, survey_response.c.responded_at < UNTIL, NOT_VOID)
    .scalar_subquery()
)
_who = (
    _c.account_id,
    _c.id,
    _c.key,
    _c.name,
    case((_c.is_poc, 1), else_=0),
    case((CHAMPION, 1), else_=0),
    _c.started_on,
)
_missed_now = and_(MISSED, KNOWN, THERE)
_bounced = question(
    select(*_who, _c.bounced_on, _last_used, _last_answered).where(_c.bounced_on <= AS_OF, _missed_now), _c.account_id
)
_signed = question(
    select(*_who, contact_sign.c.day, contact_sign.c.kind)
    .join_from(contact_sign, contact, _c.id == contact_sign.c.contact_id)
    .where(contact_sign.c.day <= AS_OF, _missed_now),
    _c.account_id,
)


class Gone(NamedTuple):
    """A contact who has left by such a sign."""

    account_id: int
    contact_id: int
    key: str
    name: str
    is_poc: bool
    champion: bool
    """Or a decision maker."""
    day: date
    by: LeftBy


def gone(db: Session, asked: Asked, zone: tzinfo) -> list[Gone]:
    """Each contact once, by the earliest sign that holds on the day, in order of that day.

    None holds for somebody who only started there after it; a bounce is outlived by being seen after it, while Slack's
    signs hold until Slack takes them back.
    """
    found: dict[int, Gone] = {}
    for one in sorted((*_by_mail(db, asked, zone), *_by_slack(db, asked)), key=lambda each: (each.day, each.key)):
        found.setdefault(one.contact_id, one)
    return list(found.values())


def _by_mail(db: Session, asked: Asked, zone: tzinfo) -> Iterator[Gone]:
    for *who, started_on, day, used_on, answered_at in _bounced.ask(db, asked):
        answered_on = answered_at and answered_at.astimezone(zone).date()
        if all(other is None or other <= day for other in (started_on, used_on, answered_on)):
            yield _gone(who, day, LeftBy.BOUNCED)


def _by_slack(db: Session, asked: Asked) -> Iterator[Gone]:
    for *who, started_on, day, kind in _signed.ask(db, asked):
        if started_on is None or started_on <= day:
            yield _gone(who, day, LeftBy(kind))


def _gone(who: Sequence[Any], day: date, by: LeftBy) -> Gone:
    account_id, contact_id, key, name, is_poc, champion = who
    return Gone(account_id, contact_id, key, name, bool(is_poc), bool(champion), day, by)
