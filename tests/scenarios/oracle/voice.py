"""What customers answered: of each contact the latest answer of each kind; one of nobody stands for itself."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.scenarios.oracle.asked import Asked
    from tests.scenarios.oracle.files import Record, Value
    from tests.scenarios.oracle.world import World


def figures(world: World, asked: Asked) -> dict[str, Value]:
    """The figures of a period; nobody tells of the questions that were delivered."""
    found = [one for one in asked.of(world["survey_responses"]) if asked.at(one["responded_at"])]
    nps, csat, ces = (_latest(found, kind) for kind in ("nps", "csat", "ces"))
    return {
        "nps": _mean([100 * (score >= 9) - 100 * (score <= 6) for score in nps]),
        "csat": _mean([100 * (score >= 4) for score in csat]),
        "ces": _mean(ces),
        "response_rate": None,
    }


def _latest(found: list[Record], kind: str) -> list[int]:
    """The scores that count. Of two answers of one moment the one that came in later does."""
    latest: dict[object, Record] = {}
    for number, one in enumerate(found):
        if one["kind"] != kind:
            continue
        whose = one["contact_id"] or number
        if whose not in latest or one["responded_at"] >= latest[whose]["responded_at"]:
            latest[whose] = one
    return [one["score"] for one in latest.values()]


def _mean(values: list[int]) -> Value:
    return Fraction(sum(values), len(values)) if values else None
