"""The history of a health score: when it changed by enough to be told, and by how much each factor moved it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from metrics.health import LOWEST, moves
from metrics.types import HealthPoint

TOLD_FROM: Final = 3
"""A change of the score by fewer points is noise."""


class ScoreChange(NamedTuple):
    """The way from one stored score to a later one; both have a score."""

    before: HealthPoint
    now: HealthPoint
    moves: tuple[tuple[str, int], ...]
    """By how many points each factor moved the score, by its id, the largest first."""

    @property
    def points(self) -> int:
        """The score less that of before."""
        return (self.now.score or 0) - (self.before.score or 0)

    @property
    def unexplained(self) -> int:
        """What the moves do not add up to: the company weighed its factors otherwise on one of the days.

        A score of LOWEST may have been raised to it, which no factor did: nothing is said of that.
        """
        if LOWEST in (self.before.score, self.now.score):
            return 0
        return self.points - sum(delta for _, delta in self.moves)


def changes(history: Iterable[HealthPoint], points: Mapping[str, int]) -> Iterator[ScoreChange]:
    """The changes by TOLD_FROM points or more, oldest first; `history` is in order of days, `points` weigh the factors.

    A leap from one day's score to the next is told as such. A drift, little by little, is told on the day on which it
    has come to TOLD_FROM points since what was told last: nothing is lost by going slowly. Days without a score are
    passed over.
    """
    told = last = None
    for point in history:
        if point.score is None:
            continue
        if last is None or told is None:
            told = last = point
            continue
        start = last if _apart(last, point) else told
        if _apart(start, point):
            yield ScoreChange(start, point, moves(start, point, points))
            told = point
        last = point


def _apart(one: HealthPoint, other: HealthPoint) -> bool:
    return one.score is not None and other.score is not None and abs(one.score - other.score) >= TOLD_FROM
