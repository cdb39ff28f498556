"""The 28 days over which use of the product is counted, and the features that there were."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from sqlalchemy import and_, bindparam, func, select

from metrics.periods import Period
from storage.columns import Day
from storage.prepared import Prepared
from storage.queries.tables import usage_day
from storage.session import Session

DAYS: Final = 28
"""Every weekday four times."""
TRACKED_DAYS: Final = 90
"""A feature that anybody used in so many days is tracked."""

_since, _until = bindparam("since", type_=Day), bindparam("until", type_=Day)
_between = and_(usage_day.c.day > _since, usage_day.c.day <= _until)
_latest = Prepared(select(func.max(usage_day.c.day).label("day")).where(_between))
_tracked = Prepared(select(usage_day.c.feature).where(_between, usage_day.c.feature != "").distinct())


class Window(NamedTuple):
    """The 28 days that end with `last`."""

    last: date

    @property
    def first(self) -> date:
        """Their first day."""
        return self.last - timedelta(days=DAYS - 1)

    @property
    def eve(self) -> date:
        """The last of the 28 days before."""
        return self.last - timedelta(days=DAYS)

    @property
    def eve_before(self) -> date:
        """The day before those 28."""
        return self.last - timedelta(days=2 * DAYS)


def window_of(db: Session, period: Period) -> Window | None:
    """The 28 days that end with the period's last day on which anybody used the product.

    A short period may have none: a day of the 28 up to its end will do. None where there is no such day either: then it
    is the data that is missing, not the use.
    """
    until = period.last
    eve = min(period.start - timedelta(days=1), until - timedelta(days=DAYS))
    day = _latest.value(db, {"since": eve, "until": until})
    return None if day is None else Window(day)


def features_tracked(db: Session, window: Window) -> tuple[str, ...]:
    """The features that anybody used in 90 days, in order of name."""
    asked = {"since": window.last - timedelta(days=TRACKED_DAYS), "until": window.last}
    return tuple(sorted(feature for (feature,) in _tracked.rows(db, asked)))
