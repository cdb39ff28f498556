"""JSON that differs in one word alone: made once, and then filled in many times without making it again."""

from collections.abc import Callable
from typing import Any, TypeAlias

Fill: TypeAlias = Callable[[str], Any]


def stencil(value: Any, gap: str) -> Fill:  # noqa: ANN401 - JSON
    """What puts a word in the place of `gap` wherever that stands in a text of the plain JSON `value`.

    Parts without it are shared by all results: none may be changed.

    >>> stencil({"id": "a-GAP", "more": ["GAP", 1]}, "GAP")("b")
    {'id': 'a-b', 'more': ['b', 1]}
    """
    return _fill(value, gap) or (lambda _word: value)


def _fill(value: Any, gap: str) -> Fill | None:  # noqa: ANN401 - JSON
    """None: there is no gap in it."""
    if isinstance(value, str):
        return (lambda word: value.replace(gap, word)) if gap in value else None
    if isinstance(value, dict):
        named = [(key, fill) for key, part in value.items() if (fill := _fill(part, gap))]
        return (lambda word: value | {key: fill(word) for key, fill in named}) if named else None
    if isinstance(value, list | tuple):
        parts = [(part, _fill(part, gap)) for part in value]
        if any(fill for _, fill in parts):
            return lambda word: [part if fill is None else fill(word) for part, fill in parts]
    return None
