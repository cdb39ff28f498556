"""The health score: the weighted sum of the factors that have data, from 1 to 100, and what changed it."""

from collections.abc import Mapping
from fractions import Fraction

from metrics.account_facts import AccountFacts
from metrics.arithmetic import half_up
from metrics.judging import Factor
from metrics.types import Band, FactorScore, HealthPoint, HealthPolicy, HealthScore

LOWEST = 1
_NOTHING = Fraction(0)
_ALL = Fraction(1)


def score(facts: AccountFacts, factors: Mapping[str, Factor], policy: HealthPolicy) -> HealthScore:
    """An account's health on a day, with every factor's part.

        score = 100 * sum(points * share) / sum(points), over the factors that have data

    rounded half up, never below 1 and, as no share is more than all, never above 100. A factor without data is left
    out, which scales the others up; the coverage says how much of the whole the rest is. A factor whose points are 0
    by policy is not part of the score at all. `score` and `band` are None where no factor has data.
    """
    own = _own_points(facts.segment, policy)
    parts: list[FactorScore] = []
    earned = known = total = 0
    for factor in factors.values():
        points = own.get(factor.id, factor.points)
        if points == 0:
            continue
        reading = factor.read(facts)
        parts.append(FactorScore(factor.id, points, reading))
        total += points
        if reading is not None:
            known += points
            earned += points * reading.permille
    if known == 0:
        return HealthScore(None, None, _NOTHING, tuple(parts))
    value = max(LOWEST, half_up(earned, 10 * known))
    coverage = _ALL if known == total else Fraction(known, total)
    return HealthScore(value, band_of(value, policy), coverage, tuple(parts))


def _own_points(segment: str | None, policy: HealthPolicy) -> Mapping[str, int]:
    """What the policy says of the factors' weights: the segment's word before the company's; case is the same."""
    if segment is not None:
        for name, points in policy.points_by_segment.items():
            if name.casefold() == segment.casefold():
                return {**policy.points, **points}
    return policy.points


def band_of(score: int, policy: HealthPolicy) -> Band:
    """How a score is to be taken, by the company's policy."""
    if score >= policy.good_from:
        return Band.GOOD
    return Band.AVERAGE if score >= policy.average_from else Band.POOR


def explain_change(before: HealthPoint | HealthScore, now: HealthScore) -> tuple[tuple[str, int], ...]:
    """By how many points of the score each factor moved it, the largest move first; factors that did not are left out.

    Both sides are weighed with the points of `now`, because a snapshot keeps none. The moves are whole numbers that
    add up to the change of the score (largest remainders get the rest), but for the floor of 1 and a change of policy.
    A factor that gained or lost its data moves the others too, because they are scaled. Empty where a side has no
    score.
    """
    points = {part.factor_id: part.points for part in now.factors}
    then, today = _contributions(_shares(before), points), _contributions(_shares(now), points)
    if not then or not today:
        return ()
    exact = {id_: today.get(id_, _NOTHING) - then.get(id_, _NOTHING) for id_ in points}
    change = _rounded(sum(today.values())) - _rounded(sum(then.values()))
    moves = [(id_, delta) for id_, delta in _whole(exact, change).items() if delta]
    return tuple(sorted(moves, key=lambda move: (-abs(move[1]), move[0])))


def _shares(health: HealthPoint | HealthScore) -> Mapping[str, int]:
    """The share in thousandths of each factor that had data."""
    if isinstance(health, HealthPoint):
        return health.permille
    return {part.factor_id: part.reading.permille for part in health.factors if part.reading is not None}


def _contributions(shares: Mapping[str, int], points: Mapping[str, int]) -> dict[str, Fraction]:
    """How many points of the score each factor gave."""
    known = sum(points[id_] for id_ in shares if id_ in points)
    return {id_: Fraction(points[id_] * part, 10 * known) for id_, part in shares.items() if id_ in points}


def _rounded(value: Fraction | int) -> int:
    return half_up(value.numerator, value.denominator)


def _whole(exact: Mapping[str, Fraction], total: int) -> dict[str, int]:
    """Whole numbers near `exact` that add up to `total`: all rounded down, the largest remainders then up."""
    floors = {id_: value.numerator // value.denominator for id_, value in exact.items()}
    by_remainder = sorted(exact, key=lambda id_: (floors[id_] - exact[id_], id_))
    for id_ in by_remainder[: total - sum(floors.values())]:
        floors[id_] += 1
    return floors
