"""The clock somebody lives by: when they may be spoken to, by the hour, the day of the week and the holidays there."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from metrics.quiet_hours import QuietHours
from metrics.timetable import instant_of

_DAY = timedelta(days=1)
_MIDNIGHT = time()


class Clock(NamedTuple):
    """Where somebody is, and when they rest there."""

    zone: tzinfo
    quiet: QuietHours
    holidays: frozenset[date] = frozenset()
    """Days off of their country besides those of every week."""

    def next_moment(self, now: datetime) -> datetime:
        """The first moment, from the aware `now` on, at which they may be spoken to: `now`, or a later one in UTC.

        >>> from zoneinfo import ZoneInfo
        >>> clock = Clock(ZoneInfo("Europe/Madrid"), QuietHours(), frozenset({date(2026, 12, 8)}))
        >>> str(clock.next_moment(datetime(2026, 12, 7, 20, 30, tzinfo=ZoneInfo("UTC"))))
        '2026-12-09 07:00:00+00:00'
        """
        moment = self.quiet.next_moment(now, self.zone)
        while (day := moment.astimezone(self.zone).date()) in self.holidays:
            tomorrow = instant_of(datetime.combine(day + _DAY, _MIDNIGHT), self.zone)
            moment = self.quiet.next_moment(tomorrow, self.zone)
        return moment
