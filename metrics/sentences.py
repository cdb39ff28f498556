"""Sentences as plain JSON and back: what a rule saw is kept without words, to be said later in any language."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from metrics.types import Money, Sentence, Value


def as_json(sentence: Sentence) -> dict[str, Any]:
    """The sentence as JSON; `from_json` makes the same one of it.

    >>> from_json(as_json(Sentence("{n} left", {"n": 2}))) == Sentence("{n} left", {"n": 2})
    True
    """
    plain: dict[str, Any] = {"text": sentence.text, "values": {k: _plain(v) for k, v in sentence.values.items()}}
    if sentence.many is not None:
        plain |= {"many": sentence.many, "number": sentence.number}
    return plain


def from_json(plain: Mapping[str, Any]) -> Sentence:
    """The sentence that was kept."""
    text, many = plain["text"], plain.get("many")
    values = {name: _value(value) for name, value in plain["values"].items()}
    return Sentence(text, values, many, plain.get("number"))


def _plain(value: Value) -> Any:  # noqa: ANN401 - JSON
    match value:
        case None | bool() | int() | str():
            return value
        case Fraction():
            return {"ratio": [value.numerator, value.denominator]}
        case Money():
            return {"money": [value.minor, value.currency]}
        case Sentence():
            return {"sentence": as_json(value)}
        case date():
            return {"day": value.isoformat()}
    raise TypeError(f"a sentence has no values such as {value!r}")


def _value(plain: Any) -> Value:  # noqa: ANN401 - JSON
    if not isinstance(plain, Mapping):
        return plain  # type: ignore[no-any-return]  # None, a number or a text
    ((kind, kept),) = plain.items()
    match kind:
        case "ratio":
            return Fraction(*kept)
        case "money":
            return Money(*kept)
        case "sentence":
            return from_json(kept)
        case "day":
            return date.fromisoformat(kept)
    raise ValueError(f"no sentence was kept with {kind!r}")
