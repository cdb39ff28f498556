"""How long customers waited for the first response to their tickets: in calendar time, or in business hours.

Calendar time is subtracted and counted by the database. Business hours are known to nobody but metrics.business_hours,
so that each ticket's two moments are read.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from itertools import chain, repeat
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, select

from metrics.business_hours import BusinessClock, BusinessHours
from storage.queries.elapsed import minutes_between, seconds_of
from storage.queries.tables import ticket
from storage.session import Session

_c = ticket.c
_answered = _c.first_response_at >= _c.opened_at
"""Where a source has the answer before the question, how long it took is not known: it is no time of 0."""
_MINUTES = case((_answered, minutes_between(_c.opened_at, _c.first_response_at))).label("minutes")
_OPENED, _RESPONDED = seconds_of(_c.opened_at), case((_answered, seconds_of(_c.first_response_at)))
_ESCALATED = case((_c.escalated, 1), else_=0)
_PORTION = 500
"""Tickets that are held at a time while they are read."""

Conditions = Sequence[ColumnElement[bool]]


class Waited(NamedTuple):
    """Some tickets that were opened, and how long those of them waited that somebody has answered."""

    opened: int
    escalated: int
    minutes: tuple[int, ...]
    """Whole minutes to the first response, ascending."""


NOBODY_WAITED = Waited(0, 0, ())


def waits(
    db: Session,
    key: ColumnElement[Any],
    conditions: Conditions,
    *,
    hours: BusinessHours | None,
    zone: tzinfo,
    by: Sequence[ColumnElement[Any]] | None = None,
) -> Mapping[Any, Waited]:
    """The tickets that meet the conditions, by `key`; time counts in `hours`, in `zone`, or at all hours.

    `by` is what tells the keys apart; None: the key itself, which for one that is the same for all takes longer.
    """
    if hours is None:
        return _in_calendar_time(db, key, conditions, (key,) if by is None else by)
    return _in_business_hours(db, BusinessClock(hours, zone), key, conditions)


def _in_calendar_time(
    db: Session, key: ColumnElement[Any], conditions: Conditions, by: Sequence[ColumnElement[Any]]
) -> Mapping[Any, Waited]:
    found = select(key, _MINUTES, func.count(), func.sum(_ESCALATED)).where(*conditions).group_by(*by, _MINUTES)
    rows: defaultdict[Any, list[tuple[int | None, int, int]]] = defaultdict(list)
    for each, minutes, opened, escalated in db.execute(found):
        rows[each].append((minutes, opened, int(escalated)))
    return {each: _together(some) for each, some in rows.items()}


def _together(rows: Sequence[tuple[int | None, int, int]]) -> Waited:
    answered = sorted((minutes, opened) for minutes, opened, _ in rows if minutes is not None)
    return Waited(
        opened=sum(opened for _, opened, _ in rows),
        escalated=sum(escalated for _, _, escalated in rows),
        minutes=tuple(chain.from_iterable(repeat(*each) for each in answered)),
    )


def _in_business_hours(
    db: Session, clock: BusinessClock, key: ColumnElement[Any], conditions: Conditions
) -> Mapping[Any, Waited]:
    minutes_of = clock.minutes
    waited: defaultdict[Any, list[int | None]] = defaultdict(list)
    escalated: Counter[Any] = Counter()
    found = select(key, _OPENED, _RESPONDED, _ESCALATED).where(*conditions)
    for each, opened, responded, is_escalated in db.execute(found).yield_per(_PORTION):
        waited[each].append(None if responded is None else minutes_of(opened, responded))
        if is_escalated:
            escalated[each] += 1
    return {
        each: Waited(len(minutes), escalated[each], tuple(sorted(one for one in minutes if one is not None)))
        for each, minutes in waited.items()
    }
