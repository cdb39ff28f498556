"""Whether usage still comes in: a feed that has stopped is told from customers who are silent."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from sqlalchemy import bindparam, select

from storage.columns import Day
from storage.prepared import Prepared
from storage.queries.tables import usage_day
from storage.session import Session

HABIT_DAYS: Final = 120
"""The days over which it is seen how regularly usage comes in."""
LEAST_DAYS: Final = 10
"""With usage on fewer of them there is no telling."""
LATE_DAYS: Final = 3
"""A feed that is this late has not stopped: data comes in at night, and nobody works on a long weekend."""
TIMES_USUAL: Final = 2
"""Nor has one that has been silent for so many times its longest gap."""

_days = Prepared(
    select(usage_day.c.day)
    .where(usage_day.c.day > bindparam("since", type_=Day), usage_day.c.day <= bindparam("until", type_=Day))
    .distinct()
    .order_by(usage_day.c.day)
)


class Feed(NamedTuple):
    """How usage came in up to a day."""

    used_day: date
    """The day with which windows of usage end: the last one with data, where data comes in regularly."""
    stopped_on: date | None
    """The last day with data, where far too long ago for this feed; None: it comes in, or there is no telling."""


def usage_feed(db: Session, as_of: date) -> Feed:
    """How usage came in up to `as_of`, judged by its own habit."""
    rows = _days.rows(db, {"since": as_of - timedelta(days=HABIT_DAYS), "until": as_of})
    return feed_of([day for (day,) in rows], as_of)


def feed_of(days: list[date], as_of: date) -> Feed:
    """The same from the days with usage, in order, of the HABIT_DAYS up to `as_of`."""
    if len(days) < LEAST_DAYS:
        return Feed(as_of, None)
    usual = max((later - earlier).days for earlier, later in pairwise(days))
    if (as_of - days[-1]).days > max(LATE_DAYS, TIMES_USUAL * usual):
        return Feed(as_of, days[-1])
    return Feed(days[-1], None)
