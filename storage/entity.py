"""Entity and Field: the shape in which an entity of the data contract is declared."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection
from sqlalchemy import Table as SqlTable

from storage.kinds import Kind
from storage.models.base import Table

Values: TypeAlias = Mapping[str, Sequence[Any]]
"""By a field's name its values in the rows that are to be stored; without fields that the file lacks."""
Done: TypeAlias = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Follow:
    """Keeps what is computed from an entity's rows.

    `begin` is called with the values of `fields` before rows are stored; what it returns is called after them, in the
    same transaction, unless nothing was new or changed.
    """

    fields: tuple[str, ...]
    begin: Callable[[Connection, Values], Done]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the contract and how it is kept."""

    name: str
    kind: Kind
    column: str = ""
    """Its column in the table, where that is called otherwise."""
    required: bool = False
    key: bool = False
    default: str | int | None = None
    """What an empty cell means, and a new row of a file that lacks the column."""
    beside: str | None = None
    """The field whose value in the same row is needed to read this one."""
    refers: str | None = None
    """The entity whose key this is."""

    @property
    def stored_as(self) -> str:
        """The name of its column in the table."""
        return self.column or self.name


@dataclass(frozen=True, slots=True)
class Derived:
    """A column that is computed from a field whenever that field comes in."""

    column: str
    source: str
    compute: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of the data contract: its id is the name that files carry, its fields are the columns."""

    id: str
    model: type[Table]
    fields: tuple[Field, ...]
    derived: tuple[Derived, ...] = ()
    follow: tuple[Follow, ...] = ()
    """Keep what is computed from the entity's rows."""
    touches: str = ""
    """The field that says whose row it is, where the signals of accounts rest on it: those are looked at anew."""
    dated: str = ""
    """The field of the key that is the only day a row is about: facts of the months before it do not change."""

    @property
    def table(self) -> SqlTable:
        """Its table."""
        table: SqlTable = self.model.__table__  # type: ignore[attr-defined]
        return table

    @property
    def key(self) -> tuple[Field, ...]:
        """The fields that tell its rows apart."""
        return tuple(field for field in self.fields if field.key)

    @property
    def refers_to(self) -> frozenset[str]:
        """The entities that must be stored before it."""
        return frozenset(field.refers for field in self.fields if field.refers)
