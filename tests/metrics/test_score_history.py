"""The history of a score: leaps on their day, drifts when they have come far enough, moves that add up."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from metrics.score_history import TOLD_FROM, changes
from metrics.types import HealthPoint

FIRST = date(2026, 11, 1)
WEIGHTS = {"use": 30, "relationship": 15}


def kept(*scores: int | None) -> list[HealthPoint]:
    """Snapshots day by day, all their factors at the score."""
    return [
        HealthPoint(
            FIRST + timedelta(days=number), one, None, 1000, {} if one is None else dict.fromkeys(WEIGHTS, one * 10)
        )
        for number, one in enumerate(scores)
    ]


def told(*scores: int | None) -> list[tuple[int, int, int]]:
    """The changes: from which day of the month, to which, by how many points."""
    return [(one.before.day.day, one.now.day.day, one.points) for one in changes(kept(*scores), WEIGHTS)]


def test_a_leap_is_told_on_its_day() -> None:
    assert told(72, 72, 64, 64) == [(2, 3, -8)]


def test_a_change_of_fewer_points_is_noise() -> None:
    assert told(72, 74, 72, 70, 72) == []


def test_a_drift_is_told_when_it_has_come_far_enough() -> None:
    assert told(72, 71, 70, 69, 68, 67, 66) == [(1, 4, -3), (4, 7, -3)]


def test_a_leap_after_a_little_drift_is_the_leap_alone() -> None:
    assert told(72, 71, 70, 60) == [(3, 4, -10)]


def test_days_without_a_score_are_passed_over() -> None:
    assert told(None, 72, None, None, 64, None) == [(2, 5, -8)]
    assert told() == told(None) == told(72) == []


def test_the_moves_are_by_factor_and_add_up() -> None:
    before = HealthPoint(FIRST, 72, None, 1000, {"use": 700, "relationship": 760})
    now = HealthPoint(FIRST + timedelta(days=1), 62, None, 1000, {"use": 700, "relationship": 460})
    (change,) = changes([before, now], WEIGHTS)
    assert change.moves == (("relationship", -10),)
    assert change.unexplained == 0


def test_what_other_weights_made_is_not_put_on_a_factor() -> None:
    before = HealthPoint(FIRST, 90, None, 1000, {"use": 700, "relationship": 700})
    now = HealthPoint(FIRST + timedelta(days=1), 70, None, 1000, {"use": 700, "relationship": 700})
    (change,) = changes([before, now], WEIGHTS)
    assert (change.moves, change.unexplained) == ((), -20)


def test_the_lowest_score_is_no_matter_of_weights() -> None:
    before = HealthPoint(FIRST, 5, None, 1000, {"use": 50, "relationship": 50})
    now = HealthPoint(FIRST + timedelta(days=1), 1, None, 1000, {"use": 0, "relationship": 0})
    (change,) = changes([before, now], WEIGHTS)
    assert (change.points, sum(delta for _, delta in change.moves), change.unexplained) == (-4, -5, 0)


scores = st.lists(st.none() | st.integers(1, 100), max_size=60)


@given(scores)
def test_no_change_goes_untold_for_good(history: list[int | None]) -> None:
    """Every change told is large enough, they follow each other, and what is left untold is small at every step."""
    found = list(changes(kept(*history), WEIGHTS))
    known = [one for one in history if one is not None]
    assert all(abs(change.points) >= TOLD_FROM for change in found)
    assert all(one.now.day <= next_.before.day for one, next_ in pairwise(found))
    if known:
        untold = known[-1] - known[0] - sum(change.points for change in found)
        assert abs(untold) < TOLD_FROM * (len(found) + 1)
