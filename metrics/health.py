"""The health score: the weighted sum of the factors that have data, from 1 to 100, and what changed it."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache

from metrics.account_facts import AccountFacts
from metrics.arithmetic import half_up
from metrics.judging import Factor
from metrics.types import Band, FactorScore, HealthPoint, HealthPolicy, HealthScore

LOWEST = 1
_NOTHING = Fraction(0)


def score(facts: AccountFacts, factors: Mapping[str, Factor], policy: HealthPolicy) -> HealthScore:
    """An account's health on a day, with every factor's part.

        score = 100 * sum(points * share) / sum(points), over the factors that have data

    rounded half up, never below 1 and, as no share is more than all, never above 100. A factor without data is left
    out, which scales the others up; the coverage says how much of the whole the rest is, where an optional factor
    without data is no part of the whole. A factor whose points are 0 by policy is not part of the score at all.
    `score` and `band` are None where no factor has data.
    """
    return scorer(factors, policy)(facts)


def scorer(factors: Mapping[str, Factor], policy: HealthPolicy) -> Callable[[AccountFacts], HealthScore]:
    """`score` for many accounts: what weighs how much is looked up once for each segment."""
    weights: dict[str | None, tuple[tuple[Factor, int], ...]] = {}

    def of(facts: AccountFacts) -> HealthScore:
        weighed = weights.get(facts.segment)
        if weighed is None:
            points = points_of(facts.segment, factors, policy)
            weighed = weights[facts.segment] = tuple((factors[id_], weight) for id_, weight in points.items())
        return _score(facts, weighed, policy)

    return of


def _score(facts: AccountFacts, weighed: Iterable[tuple[Factor, int]], policy: HealthPolicy) -> HealthScore:
    parts: list[FactorScore] = []
    earned = known = total = 0
    for factor, points in weighed:
        reading = factor.read(facts)
        parts.append(FactorScore(factor.id, points, reading))
        if reading is not None:
            known += points
            earned += points * reading.permille
        if reading is not None or not factor.optional:
            total += points
    if known == 0:
        return HealthScore(None, None, _NOTHING, tuple(parts))
    value = max(LOWEST, half_up(earned, 10 * known))
    coverage = _part(known, total)
    return HealthScore(value, band_of(value, policy), coverage, tuple(parts))


@lru_cache(maxsize=1024)
def _part(known: int, total: int) -> Fraction:
    """Of thousands of accounts nearly all have one of a few coverages."""
    return Fraction(known, total)


def points_of(segment: str | None, factors: Mapping[str, Factor], policy: HealthPolicy) -> Mapping[str, int]:
    """The weights in force for a segment by factor id; factors that weigh nothing are left out."""
    own = _own_points(segment, policy)
    weights = {factor.id: own.get(factor.id, factor.points) for factor in factors.values()}
    return {id_: points for id_, points in weights.items() if points}


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
    A factor that gained or lost its data answers for what that did to the whole, not the others that are scaled by it.
    Empty where a side has no score.
    """
    return moves(before, now, {part.factor_id: part.points for part in now.factors})


def moves(
    before: HealthPoint | HealthScore, now: HealthPoint | HealthScore, points: Mapping[str, int]
) -> tuple[tuple[str, int], ...]:
    """The same for any two of an account's scores, weighed with `points` by factor id."""
    then, today = _weighed(_shares(before), points), _weighed(_shares(now), points)
    if not then or not today:
        return ()
    exact = _exact_moves(then, today, points)
    change = _rounded(_mean(today, points)) - _rounded(_mean(then, points))
    moved = [(id_, delta) for id_, delta in _whole(exact, change).items() if delta]
    return tuple(sorted(moved, key=lambda move: (-abs(move[1]), move[0])))


def _shares(health: HealthPoint | HealthScore) -> Mapping[str, int]:
    """The share in thousandths of each factor that had data."""
    if isinstance(health, HealthPoint):
        return health.permille
    return {part.factor_id: part.reading.permille for part in health.factors if part.reading is not None}


def _weighed(shares: Mapping[str, int], points: Mapping[str, int]) -> Mapping[str, int]:
    """The shares that count."""
    return {id_: part for id_, part in shares.items() if points.get(id_)}


def _mean(shares: Mapping[str, int], points: Mapping[str, int]) -> Fraction:
    """The score that shares make, not yet rounded."""
    return Fraction(sum(points[id_] * part for id_, part in shares.items()), 10 * _total(shares, points))


def _total(ids: Iterable[str], points: Mapping[str, int]) -> int:
    return sum(points[id_] for id_ in ids)


def _exact_moves(
    then: Mapping[str, int], today: Mapping[str, int], points: Mapping[str, int]
) -> Mapping[str, Fraction]:
    """What each factor did to the score: first those that lost their data, then those that moved, then those new.

    One that comes or goes moves the score by how far it is from what the others make of it.
    """
    stayed = {id_: share for id_, share in then.items() if id_ in today}
    if not stayed:
        parts = {id_: -Fraction(points[id_] * part, 10 * _total(then, points)) for id_, part in then.items()}
        return parts | {id_: Fraction(points[id_] * part, 10 * _total(today, points)) for id_, part in today.items()}
    left, came = _mean(stayed, points), _mean({id_: today[id_] for id_ in stayed}, points)
    before, between, after = (_total(ids, points) for ids in (then, stayed, today))
    lost = {id_: points[id_] * (left - Fraction(then[id_], 10)) / before for id_ in then if id_ not in today}
    moved = {id_: Fraction(points[id_] * (today[id_] - then[id_]), 10 * between) for id_ in stayed}
    gained = {id_: points[id_] * (Fraction(today[id_], 10) - came) / after for id_ in today if id_ not in then}
    return lost | moved | gained


def _rounded(value: Fraction | int) -> int:
    return half_up(value.numerator, value.denominator)


def _whole(exact: Mapping[str, Fraction], total: int) -> dict[str, int]:
    """Whole numbers near `exact` that add up to `total`: all rounded down, the largest remainders then up."""
    floors = {id_: value.numerator // value.denominator for id_, value in exact.items()}
    by_remainder = sorted(exact, key=lambda id_: (floors[id_] - exact[id_], id_))
    for id_ in by_remainder[: total - sum(floors.values())]:
        floors[id_] += 1
    return floors
