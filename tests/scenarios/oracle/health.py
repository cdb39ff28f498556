"""Health of the customers on the period's last day, by their latest snapshot, if it is not more than a week old."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.scenarios.oracle.asked import Asked
    from tests.scenarios.oracle.files import Record, Value
    from tests.scenarios.oracle.world import World


def figures(world: World, asked: Asked) -> dict[str, Value]:
    """The figures of a period; a snapshot without a score says that nothing is known."""
    paid = world.paid_on(asked, asked.last)
    latest: dict[str, Record] = {}
    for one in sorted(world["snapshots"], key=lambda one: one["day"]):
        if one["account_id"] in paid and asked.last - timedelta(days=7) <= one["day"] <= asked.last:
            latest[one["account_id"]] = one
    scored = {key: one for key, one in latest.items() if one["score"] is not None}
    bands = [one["band"] for one in scored.values()]
    return {
        "health_mix": Fraction(bands.count("good"), len(bands)) if bands else None,
        "average_health": Fraction(sum(one["score"] for one in scored.values()), len(bands)) if bands else None,
        "mrr_at_risk": sum(paid[key] for key, one in scored.items() if one["band"] == "poor") if bands else None,
    }
