"""Renewals: an account renews by still paying at the end of the day on which its renewal was due."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.scenarios.oracle.revenue import worth

if TYPE_CHECKING:
    from tests.scenarios.oracle.asked import Asked
    from tests.scenarios.oracle.files import Value
    from tests.scenarios.oracle.world import World

SHORTEST_TERM = timedelta(days=28)


def figures(world: World, asked: Asked) -> dict[str, Value]:
    """Of the renewals due in the period, of accounts that paid something on the day before."""
    due = renewed = amount = 0
    for key, days in _due_days(world).items():
        for day in days if key in asked.accounts else ():
            before = world.accounts[key].at_end_of(day - timedelta(days=1))
            after = world.accounts[key].at_end_of(day)
            if asked.during(day) and before:
                due += 1
                renewed += bool(after)
                amount += min(worth(before, asked.convert), worth(after, asked.convert)) if after else 0
    return {"renewal_rate": Fraction(renewed, due) if due else None, "renewed_mrr": amount if due else None}


def _due_days(world: World) -> dict[str, set[date]]:
    """Each account's renewal days, as it told of them one time after the other.

    Once the next one is a term later, the one before stays as one that was due; a plan that was put off, or is later
    than the next one, never was.
    """
    known: defaultdict[str, set[date]] = defaultdict(set)
    for wave in world.waves:
        for row in wave:
            if (following := row.get("renewal_on")) is not None:
                before = known[row["account_id"]]
                known[row["account_id"]] = {day for day in before if day <= following - SHORTEST_TERM} | {following}
    return known
