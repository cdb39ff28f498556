"""Slack's rate limits, for those who want to feel them: by tier a minute, and one message a second and channel."""

from collections import defaultdict, deque
from collections.abc import Callable
from datetime import datetime

from bot.playground.double.facts import METHODS, TIERS
from bot.playground.double.faults import RateLimited

MINUTE_SECONDS = 60.0
BURST = 5
"""Messages that one channel takes at once before the pace of one a second is kept."""


class Pacing:
    """What was called in the last minute."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._made: defaultdict[tuple[str, str], deque[float]] = defaultdict(deque)

    def check(self, method: str, channel: str) -> RateLimited | None:
        """None, counting the call; or the refusal of a call that comes too soon."""
        known = METHODS.get(method)
        if known is None:
            return None
        if method == "chat.postMessage":
            return self._within(("post", channel), most=BURST, seconds=float(BURST))
        if known.tier not in TIERS:
            return None
        return self._within((method, ""), most=TIERS[known.tier], seconds=MINUTE_SECONDS)

    def _within(self, key: tuple[str, str], *, most: int, seconds: float) -> RateLimited | None:
        now, made = self._clock().timestamp(), self._made[key]
        while made and made[0] <= now - seconds:
            made.popleft()
        if len(made) >= most:
            return RateLimited(retry_after=max(1, round(made[0] + seconds - now)))
        made.append(now)
        return None
