"""Reading an entity's rows a column at a time: from a chunk's text to rows as the database driver wants them.

Days, keys and numbers repeat, so each column remembers what it has read: a text is parsed once, not once a row. This
is why there are no row objects here, whatever the entity.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import compress
from typing import Any, NamedTuple, TypeAlias

from metrics.types import Sentence, Value
from storage.entity import Field
from storage.importing import Chunk
from storage.kinds import Context, Parse, Unreadable
from storage.layout import Layout, is_unicode

MEMORY = 100_000
"""Texts that a column remembers, at the least those of one chunk."""

FLAWED = object()
"""Stands for a value that cannot be read."""

Encode: TypeAlias = Callable[[Any], Any]
"""From a value to what the database driver wants."""


def as_it_is(value: Any) -> Any:  # noqa: ANN401
    """What Encode is where the driver takes the value itself."""
    return value


class Flaw(NamedTuple):
    """What is wrong with a row: `row` is its place in the chunk, `position` the column's in the header."""

    row: int
    position: int
    what: Sentence


class Checked(NamedTuple):
    """A chunk's good rows, ready to be stored, and what is wrong with the others."""

    columns: list[list[Any]]
    """As the database driver wants them, in the order of Layout.columns."""
    values: dict[str, list[Any]]
    """By name the fields that the entity's Follow asks for, as they were read; without those that the file lacks."""
    flaws: list[Flaw]
    """By row, then by position."""


class _Reader:
    """Reads one column and remembers what it has read."""

    def __init__(self, field: Field, parse: Parse, encode: Encode) -> None:
        self._field = field
        self._parse = parse
        self._encode = encode
        self.values: dict[Hashable, Any] = {}
        self.encoded: dict[Hashable, Any] = {}
        self.flawed: dict[Hashable, Sentence | None] = {}
        """None: what is wrong is the cell beside it, which is told there."""

    def read(self, cells: Sequence[Hashable]) -> list[Any]:
        """The encoded value of each cell; a cell is its text, or a pair of it and the value beside it."""
        try:
            return list(map(self.encoded.__getitem__, cells))
        except KeyError:
            self._learn(cells)
            return list(map(self.encoded.__getitem__, cells))

    def values_of(self, cells: Sequence[Hashable], encoded: list[Any]) -> list[Any]:
        """The value of each cell; `encoded` is what `read` made of them."""
        return encoded if self._encode is as_it_is else list(map(self.values.__getitem__, cells))

    def _learn(self, cells: Sequence[Hashable]) -> None:
        if len(self.encoded) > MEMORY:
            for memory in (self.values, self.encoded, self.flawed):
                memory.clear()
        for cell in set(cells) - self.encoded.keys():
            text, beside = cell if isinstance(cell, tuple) else (cell, None)
            value: object = FLAWED
            if beside is FLAWED:
                self.flawed[cell] = None
            else:
                try:
                    value = self._value(str(text).strip(), beside)
                except Unreadable as unreadable:
                    self.flawed[cell] = unreadable.what
            self.values[cell] = value
            self.encoded[cell] = None if value is FLAWED else self._encode(value)

    def _value(self, text: str, beside: object) -> object:
        if not text:
            if self._field.required:
                raise Unreadable(Sentence("is empty, but every row needs it"))
            return self._field.default
        if not is_unicode(text):
            raise Unreadable(Sentence("is not UTF-8"))
        if "\0" in text:
            raise Unreadable(Sentence("has a NUL character in it"))
        return self._parse(text, beside)


Stored: TypeAlias = Mapping[str, Mapping[str, Any]]
"""By field and key the stored values of fields that a file lacks, though others of its columns are read beside them."""


class RowReader:
    """Reads the rows of one file."""

    def __init__(
        self, layout: Layout, context: Context, encoders: Mapping[str, Encode], stored: Stored, priced: Stored
    ) -> None:
        """`priced` has by field and key the currencies of stored amounts that the file lacks, though it has theirs."""
        self._layout = layout
        self._stored = stored
        self._priced = priced
        self._home_currency = context.home_currency
        self._readers: dict[str, _Reader] = {}
        for field in layout.fields:
            self._readers[field.name] = _Reader(field, field.kind(context), encoders[field.stored_as])
        self._derived: list[tuple[str, _Reader]] = []
        for derived in layout.derived:
            field = layout.field(derived.source)
            compute = _after(field.kind(context), derived.compute)
            self._derived.append((field.name, _Reader(field, compute, encoders[derived.column])))
        followed = {name for follow in layout.entity.follow for name in follow.fields}
        self._followed = followed | {layout.entity.touches, layout.entity.dated}

    def read(self, chunk: Chunk) -> Checked:
        """Read and check a chunk, column by column."""
        flaws: list[Flaw] = []
        columns: list[list[Any]] = []
        values: dict[str, list[Any]] = {}
        for field in self._layout.fields:
            reader, cells = self._readers[field.name], self._cells(field, chunk)
            columns.append(reader.read(cells))
            flaws += self._flaws(field, reader, cells)
            if field.name in self._followed:
                values[field.name] = reader.values_of(cells, columns[-1])
        for name, currencies in self._priced.items():
            flaws += self._left_behind(name, currencies, chunk)
        columns += [reader.read(self._texts(source, chunk)) for source, reader in self._derived]
        if flaws:
            bad = {flaw.row for flaw in flaws}
            good = [row not in bad for row in range(len(chunk.lines))]
            columns = [list(compress(column, good)) for column in columns]
            values = {name: list(compress(column, good)) for name, column in values.items()}
        return Checked(columns, values, sorted(flaws, key=lambda flaw: flaw[:2]))

    def _cells(self, field: Field, chunk: Chunk) -> Sequence[Hashable]:
        """The column's texts, in pairs with the values beside them where it needs those."""
        texts = self._texts(field.name, chunk)
        if field.beside is None:
            return texts
        if field.beside in self._readers:
            values = self._readers[field.beside].values
            beside = self._cells(self._layout.field(field.beside), chunk)
            return list(zip(texts, map(values.__getitem__, beside), strict=True))
        stored = self._stored[field.beside]
        keys = self._texts(self._layout.entity.key[0].name, chunk)
        return [(text, stored.get(key.strip())) for text, key in zip(texts, keys, strict=True)]

    def _left_behind(self, name: str, currencies: Mapping[str, str | None], chunk: Chunk) -> Iterator[Flaw]:
        """Rows whose currency is not that of the stored amount: the same digits would be other money."""
        position, known = self._layout.header.index("currency"), self._readers["currency"].values
        keys = self._texts(self._layout.entity.key[0].name, chunk)
        for row, (key, text) in enumerate(zip(keys, self._texts("currency", chunk), strict=True)):
            if key.strip() not in currencies or known[text] is FLAWED:
                continue
            stored = currencies[key.strip()] or self._home_currency
            if (known[text] or self._home_currency) != stored:
                values: dict[str, Value] = {"field": name, "currency": stored}
                what = Sentence("is not {currency}, the currency of the stored {field}: send {field} too", values)
                yield Flaw(row, position, what)

    def _texts(self, name: str, chunk: Chunk) -> Sequence[str]:
        return chunk.columns[self._layout.header.index(name)]

    def _flaws(self, field: Field, reader: _Reader, cells: Sequence[Hashable]) -> Iterator[Flaw]:
        if reader.flawed and not reader.flawed.keys().isdisjoint(cells):
            position = self._layout.header.index(field.name)
            for row, cell in enumerate(cells):
                what = reader.flawed.get(cell)
                if what is not None:
                    yield Flaw(row, position, what)


def _after(parse: Parse, compute: Callable[[str], str | None]) -> Parse:
    return lambda text, beside: compute(parse(text, beside))
