"""without(whole, part): the facts of a book as they would be if some of its accounts were not in it.

Facts are dataclasses of what adds up over accounts (metrics.facts): counts and amounts, mappings of them, samples, and
rows of pairs. What is the same for every part of a book (the currency, the days, whether anything is known at all)
stays as it is; a fraction that is no sum says so in its field (SAME_FOR_ALL).
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, Final, TypeVar, cast

F = TypeVar("F")

SAME_FOR_ALL: Final = "same_for_all"
"""Metadata of a field of facts that is no sum over accounts, though its type could be one."""


def without(whole: F, part: F) -> F:
    """The facts of a book without those of some of its accounts, which are of the same type and part of it.

    What is not known of the book (None) stays unknown; what is not known of the part takes nothing away. A mapping
    keeps the book's keys, with a zero where nothing is left. ValueError for a sample that the book does not have.
    """
    facts: Any = whole
    names = (each.name for each in fields(facts) if not each.metadata.get(SAME_FOR_ALL))
    return cast("F", replace(facts, **{name: _left(getattr(whole, name), getattr(part, name)) for name in names}))


def _left(whole: Any, part: Any) -> Any:  # noqa: ANN401 - a field of facts is any of several types
    if whole is None or part is None or isinstance(whole, bool | str | date):
        return whole
    if isinstance(whole, Mapping):
        return {key: value - part.get(key, 0) for key, value in whole.items()}
    if is_dataclass(whole):
        return without(whole, part)
    if not isinstance(whole, tuple):
        return whole - part
    if whole and isinstance(whole[0], tuple):
        return tuple(
            tuple(one - less for one, less in zip(*rows, strict=True)) for rows in zip(whole, part, strict=True)
        )
    return _samples_left(whole, part)


def _samples_left(whole: Iterable[int], part: Iterable[int]) -> tuple[int, ...]:
    """Samples, ascending, less some of them."""
    left = list(whole)
    for sample in part:
        place = bisect_left(left, sample)
        if place == len(left) or left[place] != sample:
            raise ValueError(f"{sample} is not among the samples")
        del left[place]
    return tuple(left)
