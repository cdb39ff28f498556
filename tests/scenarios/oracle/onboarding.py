"""Accounts and users on their way to using the product."""

from __future__ import annotations

from fractions import Fraction
from statistics import median_high, median_low
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.scenarios.oracle.asked import Asked
    from tests.scenarios.oracle.files import Value
    from tests.scenarios.oracle.world import World


def figures(world: World, asked: Asked) -> dict[str, Value]:
    """The figures of a period."""
    started = [one for one in asked.of(world["contacts"]) if asked.during(one["started_on"])]
    activated = sum(one["activated_on"] is not None and one["activated_on"] < asked.end for one in started)
    begun = [one for key, one in world.details.items() if key in asked.accounts and _begun(one, asked)]
    days = [_days(one) for one in begun if asked.during(one["activated_on"]) and _days(one) >= 0]
    return {
        "activation_rate": Fraction(activated, len(started)) if started else None,
        "onboardings": len(days) if begun else None,
        "time_to_onboard": Fraction(median_low(days) + median_high(days), 2) if days else None,
    }


def _begun(one: dict[str, Any], asked: Asked) -> bool:
    """Its onboarding is known to have begun by the end of the period."""
    return one.get("onboarding_started_on") is not None and one["onboarding_started_on"] < asked.end


def _days(one: dict[str, Any]) -> int:
    """From start to activation."""
    days: int = (one["activated_on"] - one["onboarding_started_on"]).days
    return days
