"""Pipeline and programmes: leads by the day they were created, campaigns by day, what customers did for the company."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.scenarios.oracle.asked import Asked
    from tests.scenarios.oracle.files import Value
    from tests.scenarios.oracle.world import World


def figures(world: World, asked: Asked) -> dict[str, Value]:
    """The figures of a period; a campaign that does not tell all its counts is left out of all."""
    leads = [one for one in asked.of(world["leads"]) if asked.during(one["created_on"])]
    qualified = [one for one in leads if one["mql_on"] is not None]
    campaigns = [one for one in asked.of(world["campaigns"]) if asked.during(one["day"])]
    counts = [(one["sent"], one["opened"], one["clicked"]) for one in campaigns]
    told = [each for each in counts if None not in each]
    sent, opened, clicked = (sum(each[column] for each in told) for column in range(3))
    return {
        "leads": len(leads),
        "mql_to_sql": _share(sum(one["sql_on"] is not None for one in qualified), len(qualified)),
        "lead_conversion": _share(sum(one["converted_on"] is not None for one in leads), len(leads)),
        "campaign_open_rate": _share(opened, sent),
        "campaign_click_rate": _share(clicked, sent),
        "campaign_click_to_open": _share(clicked, opened),
        "advocacy": sum(asked.during(one["day"]) for one in asked.of(world["advocacy"])),
    }


def _share(part: int, whole: int) -> Value:
    return Fraction(part, whole) if whole else None
