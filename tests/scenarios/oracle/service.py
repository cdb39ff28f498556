"""Tickets: opened in a period, or resolved in it, by the clocks of the company."""

from __future__ import annotations

from datetime import UTC, timedelta
from fractions import Fraction
from statistics import median_high, median_low
from typing import TYPE_CHECKING

from tests.scenarios.oracle.files import ZONE

if TYPE_CHECKING:
    from tests.scenarios.oracle.asked import Asked
    from tests.scenarios.oracle.files import Record, Value
    from tests.scenarios.oracle.revenue import Sums
    from tests.scenarios.oracle.world import World


def figures(world: World, asked: Asked, sums: Sums) -> dict[str, Value]:
    """The figures of a period."""
    tickets = asked.of(world["tickets"])
    opened = [one for one in tickets if asked.at(one["opened_at"])]
    resolved = [one for one in tickets if asked.at(one["resolved_at"]) and one["customer_contacts"] is not None]
    known = any(one["opened_at"].astimezone(ZONE).date() < asked.end for one in world["tickets"])
    mean = Fraction(sums["customers at opening"] + sums["customers at closing"], 2)
    return {
        "first_response_time": _median([_minutes(one) for one in opened if one["first_response_at"] is not None]),
        "first_contact_resolution": _mean([int(one["customer_contacts"] == 1) for one in resolved]),
        "contacts_per_resolution": _mean([one["customer_contacts"] for one in resolved]),
        "escalation_rate": _mean([int(bool(one["escalated"])) for one in opened]),
        "tickets_per_account": len(opened) / mean if known and mean else None,
    }


def _minutes(one: Record) -> int:
    """Whole minutes that the customer waited, whatever clocks did meanwhile."""
    waited: timedelta = one["first_response_at"].astimezone(UTC) - one["opened_at"].astimezone(UTC)
    return waited // timedelta(minutes=1)


def _median(values: list[int]) -> Value:
    return Fraction(median_low(values) + median_high(values), 2) if values else None


def _mean(values: list[int]) -> Value:
    return Fraction(sum(values), len(values)) if values else None
