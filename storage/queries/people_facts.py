"""The people of accounts, and what they answered, up to a day."""

from collections.abc import Iterable
from datetime import date, tzinfo
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, select

from metrics.account_facts import Answered, ContactFacts, VoiceFacts
from metrics.surveys import all_surveys
from metrics.types import LeftBy
from storage.queries.asking import AS_OF, BEFORE, SINCE, UNTIL, Asked, question
from storage.queries.departures import CHAMPION, KNOWN, MISSED, THERE, Gone, gone
from storage.queries.quiet_points import Unseen, quiet_points, unseen
from storage.queries.survey_rows import RATED
from storage.queries.tables import contact, survey_response
from storage.session import Session

# --- Contacts ------------------------------------------------------------------------------------------------------

_c = contact.c
_left = and_(_c.left_on > BEFORE[90], _c.left_on <= AS_OF)

_people = question(
    select(
        _c.account_id,
        func.sum(case((and_(_c.is_poc, THERE), 1), else_=0)),
        func.sum(case((and_(_c.is_poc, _left), 1), else_=0)),
        func.sum(case((and_(CHAMPION, THERE), 1), else_=0)),
        func.sum(case((and_(CHAMPION, _left), 1), else_=0)),
    )
    .where(KNOWN)
    .group_by(_c.account_id),
    _c.account_id,
)
_departed = question(
    select(_c.account_id, _c.left_on, _c.name).where(MISSED, _left).order_by(_c.left_on, _c.key), _c.account_id
)


class People(NamedTuple):
    """By account: counts (points, points left, champions, champions left), who left last, who is not seen any more."""

    counts: dict[int, tuple[int, int, int, int]]
    departed: dict[int, tuple[date, str, LeftBy]]
    unseen: dict[int, list[Unseen]]

    def of(self, account_id: int, *, told_apart: bool) -> ContactFacts | None:
        """An account's facts; None where nothing is known of its people. Without use nobody is told apart by it."""
        counts = self.counts.get(account_id)
        if counts is None:
            return None
        left_on, name, by = self.departed.get(account_id, (None, None, LeftBy.SAID))
        if not told_apart:
            return ContactFacts(*counts, left_on, name, None, by)
        missing = self.unseen.get(account_id, ())
        seen = counts[0] - len(missing)
        return ContactFacts(*counts, left_on, name, seen, by, quiet_points(missing) if missing else ())


def people(db: Session, asked: Asked, zone: tzinfo) -> People:
    """What ContactFacts are made of; an account that has no contacts by that day is left out."""
    left = gone(db, asked, zone)
    found = People(
        counts={row[0]: row[1:] for row in _people.ask(db, asked)},
        departed={account_id: (day, name, LeftBy.SAID) for account_id, day, name in _departed.ask(db, asked)},
        unseen={},
    )
    not_there = {one.contact_id for one in left}
    for missing in unseen(db, asked):
        if missing.contact_id not in not_there:
            found.unseen.setdefault(missing.account_id, []).append(missing)
    for one in left:
        _leave(found, one, late=one.day > asked["before_90"])
    return found


def _leave(found: People, one: Gone, *, late: bool) -> None:
    """Count somebody among those who left; `late`: within the last 90 days."""
    points, points_left, champions, champions_left = found.counts[one.account_id]
    point, champion = int(one.is_poc), int(one.champion)
    found.counts[one.account_id] = (
        points - point,
        points_left + point * late,
        champions - champion,
        champions_left + champion * late,
    )
    last = found.departed.get(one.account_id)
    if late and (last is None or one.day > last[0]):
        found.departed[one.account_id] = one.day, one.name, one.by


# --- Answers -------------------------------------------------------------------------------------------------------

_LOW = {kind: survey.low for kind, survey in all_surveys().items()}
"""The highest score that is low, by kind."""
_DETRACTOR = _LOW["nps"]
_PROMOTER = all_surveys()["nps"].high

_s = survey_response.c
_answers = question(
    select(_s.account_id, _s.contact_id, _s.kind, _s.score, _s.responded_at, _s.comment, _s.id, _c.name)
    .join_from(survey_response, contact, _c.id == _s.contact_id, isouter=True)
    .where(_s.responded_at >= SINCE[180], _s.responded_at < UNTIL, RATED)
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
    latest: dict[tuple[int | None, int | str], tuple[Any, ...]] = {}
    low: list[tuple[Any, ...]] = []
    for row in rows:
        _, contact_id, kind, score, *_, number, _ = row
        whose = (None, number) if contact_id is None else (contact_id, kind)
        if score <= _LOW[kind]:
            low.append(row)
        elif low and whose in latest:  # they have thought better of it
            low = [one for one in low if one[1:3] != whose]
        latest.pop(whose, None)  # so that the order stays that of time
        latest[whose] = row
    nps = [answer[3] for answer in latest.values() if answer[2] == "nps"]
    ratings = [answer[3] for answer in latest.values() if answer[2] != "nps"]
    promoting = [row for row in latest.values() if row[1] is not None and row[2] == "nps" and row[3] >= _PROMOTER]
    facts = VoiceFacts(
        len(nps),
        len([score for score in nps if score >= _PROMOTER]),
        len([score for score in nps if score <= _DETRACTOR]),
        len(ratings),
        sum(ratings),
        _answered(low, zone),
        _answered(promoting, zone),
    )
    return Voice(facts, any(contact_id is not None for contact_id, _ in latest))


def _answered(rows: list[tuple[Any, ...]], zone: tzinfo) -> tuple[Answered, ...]:
    """Answers in order of time as facts, the latest first."""
    return tuple(
        Answered(number, kind, score, moment.astimezone(zone).date(), comment, contact_id, who)
        for _, contact_id, kind, score, moment, comment, number, who in reversed(rows)
    )
