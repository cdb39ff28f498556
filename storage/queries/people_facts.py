"""The people of accounts, and what they answered, up to a day."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import and_, case, exists, func, or_, select

from metrics.account_facts import VoiceFacts
from storage.queries.asking import AS_OF, BEFORE, BEFORE_USED, SINCE, UNTIL, USED_DAY, Asked, question
from storage.queries.tables import contact, survey_response, usage
from storage.queries.use import is_use
from storage.session import Session

# --- Contacts ------------------------------------------------------------------------------------------------------

_c = contact.c
_known = or_(_c.started_on.is_(None), _c.started_on <= AS_OF)
_there = or_(_c.left_on.is_(None), _c.left_on > AS_OF)
_left = and_(_c.left_on > BEFORE[90], _c.left_on <= AS_OF)
_champion = or_(_c.role == "champion", _c.role == "decision_maker")
MISSED = or_(_c.is_poc, _champion)
"""Contacts whose leaving matters: points of contact, champions and decision makers."""

_people = question(
    select(
        _c.account_id,
        func.sum(case((and_(_c.is_poc, _there), 1), else_=0)),
        func.sum(case((and_(_c.is_poc, _left), 1), else_=0)),
        func.sum(case((and_(_champion, _there), 1), else_=0)),
        func.sum(case((and_(_champion, _left), 1), else_=0)),
    )
    .where(_known)
    .group_by(_c.account_id),
    _c.account_id,
)
_departed = question(
    select(_c.account_id, _c.left_on, _c.name).where(MISSED, _left).order_by(_c.left_on, _c.key), _c.account_id
)
_seen_using = exists().where(
    usage.c.account_id == _c.account_id,
    usage.c.day > BEFORE_USED[28],
    usage.c.day <= USED_DAY,
    is_use(usage),
    or_(usage.c.user_key == _c.key, func.lower(usage.c.user_key) == _c.email),  # addresses are kept in lower case
)
_seen_answering = exists().where(
    survey_response.c.contact_id == _c.id,
    survey_response.c.responded_at >= SINCE[28],
    survey_response.c.responded_at < UNTIL,
)
_active = question(
    select(_c.account_id, func.count())
    .where(_c.is_poc, _known, _there, or_(_seen_using, _seen_answering))
    .group_by(_c.account_id),
    _c.account_id,
)


class People(NamedTuple):
    """By account: counts (points, points left, champions, champions left), who left last, and how many are active."""

    counts: dict[int, tuple[int, int, int, int]]
    departed: dict[int, tuple[date, str]]
    active: dict[int, int]


def people(db: Session, asked: Asked) -> People:
    """What ContactFacts are made of; an account that has no contacts by that day is left out."""
    return People(
        counts={row[0]: row[1:] for row in _people.ask(db, asked)},
        departed={account_id: (left_on, name) for account_id, left_on, name in _departed.ask(db, asked)},
        active=dict(_active.ask(db, asked)),
    )


# --- Answers -------------------------------------------------------------------------------------------------------

_LOW = 2
"""The highest CSAT or CES score that is low."""
_DETRACTOR = 6
_PROMOTER = 9

_s = survey_response.c
_answers = question(
    select(_s.account_id, _s.contact_id, _s.kind, _s.score, _s.responded_at, _s.comment, _s.id)
    .where(_s.responded_at >= SINCE[180], _s.responded_at < UNTIL)
    .order_by(_s.account_id, _s.responded_at, _s.id),
    _s.account_id,
)


class Voice(NamedTuple):
    """An account's answers, and whether any of them says whose it is."""

    facts: VoiceFacts
    named: bool


def voices(db: Session, asked: Asked, zone: tzinfo) -> dict[int, Voice]:
    """By account, what its people answered in the 180 days; one without an answer is left out."""
    return {account_id: _voice(rows, zone) for account_id, rows in groupby(_answers.ask(db, asked), key=itemgetter(0))}


def _voice(rows: Iterable[tuple[Any, ...]], zone: tzinfo) -> Voice:
    """From answers in order of time the latest of each contact and kind; one of nobody's stands for itself."""
    latest: dict[tuple[int | None, int | str], tuple[str, int, datetime, str | None]] = {}
    for _, contact_id, kind, score, moment, comment, number in rows:
        whose = (None, number) if contact_id is None else (contact_id, kind)
        latest.pop(whose, None)  # so that the order stays that of time
        latest[whose] = kind, score, moment, comment
    nps = [answer[1] for answer in latest.values() if answer[0] == "nps"]
    ratings = [answer[1] for answer in latest.values() if answer[0] != "nps"]
    low = [answer for answer in latest.values() if answer[1] <= (_DETRACTOR if answer[0] == "nps" else _LOW)]
    low_kind, low_score, low_at, low_comment = low[-1] if low else (None, None, None, None)
    facts = VoiceFacts(
        len(nps),
        len([score for score in nps if score >= _PROMOTER]),
        len([score for score in nps if score <= _DETRACTOR]),
        len(ratings),
        sum(ratings),
        low_at and low_at.astimezone(zone).date(),
        low_kind,
        low_score,
        low_comment,
    )
    return Voice(facts, any(contact_id is not None for contact_id, _ in latest))
