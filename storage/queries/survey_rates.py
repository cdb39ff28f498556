"""How many of our own questions reached somebody, and how many of those were answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Final, NamedTuple

from sqlalchemy import and_, case, exists, func, or_, select

from metrics.periods import Period
from metrics.types import BookFilter
from storage.prepared import Prepared
from storage.queries.consecutive import moments_of
from storage.queries.tables import survey_ask, survey_response
from storage.queries.within import within
from storage.session import Session

_a, _s = survey_ask.c, survey_response.c

REACHED: Final = ("sent", "answered", "declined", "expired")
"""States of a question that stood before somebody's eyes and was not taken back."""

_answers = exists().where(_s.ask_id == _a.id)
ANSWERED: Final = and_(_a.state == "answered", or_(_answers.where(_s.voided_at.is_(None)), ~_answers))
"""Questions with an answer that counts: a voided one is in no figure, and nothing is known of an anonymous one."""
_DELIVERED: Final = _a.state.in_(REACHED)
_ANSWERED_ONE: Final = case((ANSWERED, 1), else_=0)

_last_asked = Prepared(select(func.max(_a.asked_at)).where(or_(*(_a.state == state for state in REACHED))))
_any_answer = Prepared(select(exists().where(_s.ask_id.is_not(None))))
_last_answer = Prepared(select(func.max(_s.responded_at)).where(_s.ask_id.is_not(None)))


class Asked(NamedTuple):
    """Questions of a period, by the day on which they were sent."""

    delivered: int
    answered: int


def asked_by_period(
    db: Session, periods: Sequence[Period], *, zone: tzinfo, book: BookFilter
) -> tuple[Asked | None, ...]:
    """The questions of each of several periods that follow one another; None as long as nothing was ever asked.

    A question to everybody of a shared channel is one question, and is answered when anybody there has.
    """
    moments = moments_of(periods, zone)
    number = moments.number(_a.asked_at)
    among = within(db, book, _a.account_id)
    found = {
        row[0]: Asked(int(row[1]), int(row[2]))
        for row in db.execute(
            select(number, func.count(), func.sum(_ANSWERED_ONE))
            .where(moments.during(_a.asked_at), _DELIVERED, *among)
            .group_by(number)
        )
    }
    before = db.scalar(select(exists().where(_a.asked_at < moments.start, _DELIVERED, *among)))
    counts: list[Asked | None] = []
    known = bool(before)
    for at in range(len(periods)):
        known = known or at in found
        counts.append(found.get(at, Asked(0, 0)) if known else None)
    return tuple(counts)


def asked_by_account(db: Session, period: Period, *, zone: tzinfo, book: BookFilter) -> Mapping[int, Asked]:
    """The questions of the period to each account that was asked anything by its end."""
    moments = moments_of((period,), zone)
    among = (_DELIVERED, *within(db, book, _a.account_id))
    earlier = select(_a.account_id).where(_a.asked_at < moments.start, *among).distinct()
    counts = dict.fromkeys(db.execute(earlier).scalars(), Asked(0, 0))
    now = (
        select(_a.account_id, func.count(), func.sum(_ANSWERED_ONE))
        .where(moments.during(_a.asked_at), *among)
        .group_by(_a.account_id)
    )
    counts.update({row[0]: Asked(int(row[1]), int(row[2])) for row in db.execute(now)})
    return counts


def last_heard(db: Session) -> datetime | None:
    """When a question of ours last reached somebody or was answered; None as long as nothing was ever asked."""
    asked: datetime | None = _last_asked.value(db, {})
    # Without any such answer all others would be looked through.
    answered: datetime | None = _last_answer.value(db, {}) if _any_answer.value(db, {}) else None
    return max((at for at in (asked, answered) if at is not None), default=None)
