"""Use of the product in the 28 days that end with the period's last day on which anybody used it."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.scenarios.oracle.asked import Asked
    from tests.scenarios.oracle.files import Record, Value
    from tests.scenarios.oracle.world import World

WINDOW = 28


def figures(world: World, asked: Asked) -> dict[str, Value]:
    """The figures of a period; none has an answer where there is no usage up to its end, or in 28 days."""
    used = [one for one in world["usage"] if _is_use(one)]
    first = min(asked.start, asked.end - timedelta(days=WINDOW))
    days = [one["day"] for one in used if first <= one["day"] < asked.end]
    if not days:
        return dict.fromkeys(("product_adoption", "stickiness", "usage_trend", "sessions_per_user"))
    last = max(days)
    own = asked.of(used)
    now = _window(own, last)
    people = {(one["account_id"], one["user_id"]) for one in now if one["user_id"]}
    daily = {(one["day"], one["account_id"], one["user_id"]) for one in now if one["user_id"]}
    return {
        "product_adoption": _adoption(world, asked, used, now, last),
        "stickiness": Fraction(len(daily), WINDOW) / len(people) if people else None,
        "usage_trend": _trend(now, _window(own, last - timedelta(days=WINDOW))),
        "sessions_per_user": _sessions(now, last),
    }


def _is_use(one: Record) -> bool:
    """A row tells of use unless all that it counts is zero; one that counts nothing does by being there."""
    counts = [one[name] for name in ("sessions", "events", "minutes") if one[name] is not None]
    return not counts or any(float(count) > 0 for count in counts)


def _window(used: list[Record], last: date, days: int = WINDOW) -> list[Record]:
    return [one for one in used if last - timedelta(days=days) < one["day"] <= last]


def _adoption(world: World, asked: Asked, used: list[Record], now: list[Record], last: date) -> Value:
    """The mean over features that anybody used in 90 days of the share of the last day's customers that use each."""
    customers = set(world.paid_on(asked, last))
    features = {one["feature"] for one in _window(used, last, 90) if one["feature"]}
    uses = {(one["account_id"], one["feature"]) for one in now if one["account_id"] in customers}
    known = sum(feature in features for _, feature in uses)
    return Fraction(known, len(features) * len(customers)) if features and customers else None


def _sessions(now: list[Record], last: date) -> Value:
    """Sessions of named users over the users of each of the four weeks; none where nobody counts sessions."""
    named = [one for one in now if one["user_id"]]
    sessions = sum(one["sessions"] or 0 for one in named)
    weeks = {((last - one["day"]).days // 7, one["account_id"], one["user_id"]) for one in named}
    return Fraction(sessions, len(weeks)) if sessions else None


def _trend(now: list[Record], before: list[Record]) -> Value:
    """Sessions against sessions; days of accounts against days where nobody counts sessions."""
    counted = [sum(one["sessions"] or 0 for one in half) for half in (now, before)]
    if not any(counted):
        counted = [len({(one["account_id"], one["day"]) for one in half}) for half in (now, before)]
    return Fraction(counted[0], counted[1]) - 1 if counted[1] else None
