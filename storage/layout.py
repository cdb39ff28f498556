"""Layout: which columns of a file are which fields of its entity."""

from collections import Counter
from typing import NamedTuple

from metrics.types import Sentence, plural
from storage.entity import Derived, Entity, Field
from storage.errors import ImportRejected


class Layout(NamedTuple):
    """A file's header, understood."""

    entity: Entity
    header: tuple[str, ...]
    fields: tuple[Field, ...]
    """Those that the file has, each after the one that it is read beside."""

    @property
    def derived(self) -> tuple[Derived, ...]:
        """What is computed from fields that the file has."""
        present = {field.name for field in self.fields}
        return tuple(derived for derived in self.entity.derived if derived.source in present)

    @property
    def columns(self) -> tuple[str, ...]:
        """The table's columns that the file fills: those of its fields, then what is computed from them."""
        return (*(field.stored_as for field in self.fields), *(derived.column for derived in self.derived))

    def field(self, name: str) -> Field:
        """The field of that name, which the file has."""
        return next(field for field in self.fields if field.name == name)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The columns that the contract does not have."""
        known = {field.name for field in self.entity.fields}
        return tuple(name for name in self.header if name not in known)

    @property
    def lacking(self) -> tuple[Field, ...]:
        """Fields that the file lacks though others of its columns are read beside them."""
        present = {field.name for field in self.fields}
        needed = {field.beside for field in self.fields} - present
        return tuple(field for field in self.entity.fields if field.name in needed)

    @property
    def left_amounts(self) -> tuple[Field, ...]:
        """Amounts that the file lacks though it has the currency that they are in: what is stored must be in it."""
        present = {field.name for field in self.fields}
        return tuple(
            field for field in self.entity.fields if field.beside == "currency" in present and field.name not in present
        )


def layout_of(entity: Entity, header: tuple[str, ...]) -> Layout:
    """Understand `header`; ImportRejected where it is no text, has a column twice or lacks a required one."""
    if not all(map(is_unicode, header)) or any("\0" in name for name in header):
        raise ImportRejected(Sentence("The first line is not UTF-8 text."))
    twice = [name for name, count in Counter(header).items() if count > 1]
    if twice:
        raise ImportRejected(Sentence("The header has this column more than once"), ", ".join(twice))
    missing = [field.name for field in entity.fields if field.required and field.name not in header]
    if missing and len(header) == 1 and ";" in header[0]:
        raise ImportRejected(Sentence("Columns must be separated by commas, not by semicolons"), header[0])
    if missing:
        names = ", ".join(missing)
        what = plural(
            "The header lacks a required column: {names}",
            "The header lacks required columns: {names}",
            len(missing),
            names=names,
        )
        raise ImportRejected(what, ", ".join(header))
    present = [field for field in entity.fields if field.name in header]
    return Layout(entity, header, tuple(sorted(present, key=lambda field: field.beside is not None)))


def is_unicode(text: str) -> bool:
    """Whether all of `text` was UTF-8: bytes that were not came in as lone surrogates."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
