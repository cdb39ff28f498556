"""How many of our own questions reached somebody, and how many of those were answered."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Final, NamedTuple

from sqlalchemy import case, exists, func, select

from metrics.periods import Period
from metrics.types import BookFilter
from storage.queries.books import accounts_of
from storage.queries.consecutive import moments_of
from storage.queries.tables import survey_ask
from storage.session import Session

_a = survey_ask.c

REACHED: Final = ("sent", "answered", "declined", "expired")
"""States of a question that stood before somebody's eyes and was not taken back."""


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
    accounts = accounts_of(db, book)
    among = () if accounts is None else (_a.account_id.in_(accounts),)
    found = {
        row[0]: Asked(int(row[1]), int(row[2]))
        for row in db.execute(
            select(number, func.count(), func.sum(case((_a.state == "answered", 1), else_=0)))
            .where(moments.during(_a.asked_at), _a.state.in_(REACHED), *among)
            .group_by(number)
        )
    }
    before = db.scalar(select(exists().where(_a.asked_at < moments.start, _a.state.in_(REACHED), *among)))
    counts: list[Asked | None] = []
    known = bool(before)
    for at in range(len(periods)):
        known = known or at in found
        counts.append(found.get(at, Asked(0, 0)) if known else None)
    return tuple(counts)
