"""Points of contact of those who were customers at opening."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.scenarios.oracle.asked import Asked
    from tests.scenarios.oracle.files import Value
    from tests.scenarios.oracle.world import World


def figures(world: World, asked: Asked) -> dict[str, Value]:
    """Those who were there at opening and left in the period; who has no first day was always there."""
    eve = asked.start - timedelta(days=1)
    there = [
        one
        for one in asked.of(world["contacts"])
        if one["is_poc"]
        and (one["started_on"] is None or one["started_on"] <= eve)
        and (one["left_on"] is None or one["left_on"] > eve)
        and world.accounts[one["account_id"]].at_end_of(eve)
    ]
    left = sum(asked.during(one["left_on"]) for one in there)
    return {"poc_churn": Fraction(left, len(there)) if there else None}
