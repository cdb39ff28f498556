"""Facts as JSON and back, exactly: whole numbers, fractions, days, tuples, mappings by names, and other facts."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

F = TypeVar("F")
_Read: TypeAlias = Callable[[Any], Any]


def to_json(value: object) -> Any:  # noqa: ANN401 - what json.dumps takes
    """`value` as json.dumps takes it; TypeError for what could not be read back exactly, such as a float."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Fraction):
        return str(value)
    if type(value) is date:
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    if isinstance(value, Mapping):
        return {_key(key): to_json(one) for key, one in value.items()}
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{value!r} is no fact that can be kept")


def from_json(kind: type[F], kept: Any) -> F:  # noqa: ANN401 - what json.loads gives
    """Facts of the type `kind` from what `to_json` made of them."""
    declared: Any = kind
    found: F = _reader(declared)(kept)
    return found


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"{key!r} is no name")
    return str(key)


@cache
def _reader(kind: Any) -> _Read:  # noqa: ANN401 - a class or what typing makes of several
    """How a value of that declared type is read; TypeError for a type that nobody has needed yet."""
    if kind in (int, bool, str):
        return _as_it_is
    if kind is Fraction or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        return kind
    if kind is date:
        return date.fromisoformat
    if is_dataclass(kind):
        return _of_dataclass(kind)
    origin, parts = get_origin(kind), get_args(kind)
    if origin is UnionType and len(parts) == 2 and parts[1] is NoneType:
        return _perhaps(_reader(parts[0]))
    if origin is tuple:
        return _of_tuple(parts)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, value = map(_reader, parts)
        return lambda kept: {key(name): value(one) for name, one in kept.items()}
    raise TypeError(f"{kind!r} is no type of facts that can be kept")


def _as_it_is(kept: Any) -> Any:  # noqa: ANN401
    return kept


def _perhaps(read: _Read) -> _Read:
    return lambda kept: None if kept is None else read(kept)


def _of_tuple(parts: tuple[Any, ...]) -> _Read:
    if parts[-1] is Ellipsis:
        read = _reader(parts[0])
        return tuple if read is _as_it_is else lambda kept: tuple(map(read, kept))
    readers = tuple(map(_reader, parts))
    return lambda kept: tuple(read(one) for read, one in zip(readers, kept, strict=True))


def _of_dataclass(kind: Any) -> _Read:  # noqa: ANN401
    readers = {name: _reader(declared) for name, declared in get_type_hints(kind).items()}
    return lambda kept: kind(**{name: readers[name](one) for name, one in kept.items()})
