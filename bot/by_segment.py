"""Settings that say a word for the company and others for segments: `use=30 money=15; enterprise: relationship=30`."""

from collections.abc import Callable, Mapping
from typing import NamedTuple


class BySegment(NamedTuple):
    """Words with what they are set to, for the company and for segments; True and False are said as on and off."""

    company: Mapping[str, int] = {}
    segments: Mapping[str, Mapping[str, int]] = {}

    def __str__(self) -> str:
        parts = [_written(self.company), *(f"{name}: {_written(words)}" for name, words in self.segments.items())]
        return "; ".join(part for part in parts if part)


def by_segment(text: object, read: Callable[[str], tuple[str, int]]) -> BySegment:
    """What a text says; `read` understands one word. ValueError names the part that says nothing."""
    if isinstance(text, BySegment):
        return text
    company: dict[str, int] = {}
    segments: dict[str, dict[str, int]] = {}
    for part in str(text).split(";"):
        name, colon, words = part.rpartition(":")
        found = dict(map(read, words.split()))
        if not colon:
            company |= found
        elif name.strip():
            segments.setdefault(name.strip(), {}).update(found)
        else:
            raise ValueError(f"{part.strip()!r} names no segment before its colon")
    return BySegment(company, segments)


def _written(words: Mapping[str, int]) -> str:
    return " ".join(f"{name}={_value(value)}" for name, value in words.items())


def _value(value: int) -> str:
    return ("off", "on")[value] if isinstance(value, bool) else str(value)
