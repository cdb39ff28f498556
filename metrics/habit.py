"""An account's use against its own habit: the same weekdays, without the days on which its country does not work."""

from bisect import bisect_right
from datetime import date
from typing import NamedTuple, Protocol

from metrics.account_facts import UsageFacts
from metrics.types import Sentence, plural

WINDOW_DAYS = 28
"""Every weekday four times."""
HISTORY_DAYS = 90
"""How far back usage is looked at."""


class Compared(NamedTuple):
    """Use in 28 days, and what is usual in as many; all without the days left out."""

    now: int
    before: int
    """In the 28 days before."""
    pace: int | None
    """By the pace of the 62 days before; None where that is not known."""
    left_out: int
    """Days off that are left out of the 28."""


class Silence(NamedTuple):
    """How long nobody has used the product."""

    days: int
    left_out: int
    """Of them, days off."""

    @property
    def counted(self) -> int:
        """Days that count as silent."""
        return self.days - self.left_out


class LeavesOut(Protocol):
    """What leaves days out."""

    @property
    def left_out(self) -> int:
        """How many."""
        ...


def sessions_compared(usage: UsageFacts) -> Compared:
    """Its sessions."""
    off, earlier = usage.off, usage.sessions_90 - usage.sessions_28
    days = HISTORY_DAYS - WINDOW_DAYS
    if off is None:
        return Compared(usage.sessions_28, usage.sessions_before, earlier * WINDOW_DAYS // days, 0)
    earlier -= off.sessions_90 - off.sessions_28
    days -= off.left_out_before
    return Compared(
        now=usage.sessions_28 - off.sessions_28,
        before=usage.sessions_before - off.sessions_before,
        pace=earlier * (WINDOW_DAYS - off.left_out) // days if days else None,
        left_out=off.left_out,
    )


def days_compared(usage: UsageFacts) -> Compared:
    """Its days of use, where nobody counts sessions."""
    off = usage.off
    if off is None:
        return Compared(usage.active_days_28, usage.active_days_before, None, 0)
    now, before = usage.active_days_28 - off.active_days_28, usage.active_days_before - off.active_days_before
    return Compared(now, before, None, off.left_out)


def silence(usage: UsageFacts, until: date) -> Silence:
    """The days after its last use up to `until`."""
    days = max(0, (until - usage.last_on).days)
    if usage.off is None:
        return Silence(days, 0)
    off = usage.off.days
    return Silence(days, bisect_right(off, until) - bisect_right(off, usage.last_on))


def saying(why: Sentence, judged: LeavesOut) -> Sentence:
    """`why`, with the number of days that were left out where any were."""
    if not judged.left_out:
        return why
    left_out = plural("{count} day off left out", "{count} days off left out", judged.left_out)
    return Sentence("{why} ({left_out})", {"why": why, "left_out": left_out})
