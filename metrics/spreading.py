"""When many people are told something: one after the other, and nobody in their night or on their days off."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from heapq import heapify, heappop, heappush
from typing import Final

from metrics.quiet_hours import QuietHours

_HOUR: Final = timedelta(hours=1)


def moments(zones: Sequence[tzinfo], start: datetime, an_hour: int, quiet: QuietHours) -> list[datetime]:
    """For each person, whose time zone is given, the moment at which they are told, in UTC or as `start` is.

    No moment is before `start` or in the quiet hours of the person's zone, and in no hour are there more than
    `an_hour` (at least 1). Whose day has begun first comes first; within a zone the order is kept.
    """
    step = -(-_HOUR // (an_hour * timedelta.resolution)) * timedelta.resolution  # rounded up
    waiting: dict[tzinfo, deque[int]] = {}
    for number, zone in enumerate(zones):
        waiting.setdefault(zone, deque()).append(number)
    ready = [(quiet.next_moment(start, zone), people[0], zone) for zone, people in waiting.items()]
    heapify(ready)  # no two have the same person, so zones are never compared
    found, clock = [start] * len(zones), start
    while ready:
        since, first, zone = heappop(ready)
        clock_there = quiet.next_moment(max(clock, since), zone)
        if clock_there > max(clock, since):  # it is night there by now
            heappush(ready, (clock_there, first, zone))
            continue
        found[waiting[zone].popleft()] = clock_there
        clock = clock_there + step
        if waiting[zone]:
            heappush(ready, (since, waiting[zone][0], zone))
    return found
