"""When many people are told something: one after the other, and nobody in their night or on their days off."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from typing import Final

from metrics.clocks import Clock

_HOUR: Final = timedelta(hours=1)


def moments(clocks: Sequence[Clock], start: datetime, an_hour: int) -> list[datetime]:
    """For each person, whose clock is given, the moment at which they are told, in UTC or as `start` is.

    No moment is before `start` or in the person's quiet hours or days off, and in no hour are there more than
    `an_hour` (at least 1). Whose day has begun first comes first; of those with the same clock the order is kept.
    """
    step = -(-_HOUR // (an_hour * timedelta.resolution)) * timedelta.resolution  # rounded up
    waiting: dict[Clock, deque[int]] = {}
    for number, clock in enumerate(clocks):
        waiting.setdefault(clock, deque()).append(number)
    ready = [(clock.next_moment(start), people[0], clock) for clock, people in waiting.items()]
    heapify(ready)  # no two have the same person, so clocks are never compared
    found, moment = [start] * len(clocks), start
    while ready:
        since, first, clock = heappop(ready)
        awake = clock.next_moment(max(moment, since))
        if awake > max(moment, since):  # it is night there by now
            heappush(ready, (awake, first, clock))
            continue
        found[waiting[clock].popleft()] = awake
        moment = awake + step
        if waiting[clock]:
            heappush(ready, (since, waiting[clock][0], clock))
    return found
