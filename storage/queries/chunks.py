"""Many ids in portions: a statement takes only so many parameters."""

from collections.abc import Collection, Iterator
from typing import TypeVar

MOST_IDS = 500

Id = TypeVar("Id", int, str)


def chunks(ids: Collection[Id]) -> Iterator[list[Id]]:
    """The distinct `ids` in order, at most MOST_IDS at a time."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), MOST_IDS):
        yield ordered[start : start + MOST_IDS]
