"""Importer: how a source of rows is declared. It parses and never writes; storage.load does the rest for all."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from metrics.types import Sentence

CHUNK_ROWS = 500
"""Rows of one chunk: few enough to stay in the processor's cache while they are checked column by column, and not to
set off the garbage collector, which would look through all of them for nothing."""


class Fault(NamedTuple):
    """A row that has no cells to put under the header's columns."""

    line: int
    cells: tuple[str, ...]
    """What could be read of it."""
    what: Sentence


class Chunk(NamedTuple):
    """At most CHUNK_ROWS rows, by column."""

    columns: Sequence[Sequence[str]]
    """For each column of the header its cells, all of the same length; text as the data contract writes it."""
    lines: Sequence[int]
    """The line on which each row begins, as the source's own editor numbers them."""
    faults: Sequence[Fault]
    done: int
    """How much of the sheet's `size` has been read with this chunk."""


class Sheet(NamedTuple):
    """An open source: its columns' names and its rows, which can be gone through once."""

    header: tuple[str, ...]
    chunks: Iterator[Chunk]
    size: int
    """For showing progress, in units of the importer's own."""


@dataclass(frozen=True, slots=True)
class Importer:
    """A kind of file that rows of the data contract come in.

    `read` opens one; it raises ImportRejected where there is no header to be found.
    """

    id: str
    suffixes: tuple[str, ...]
    """Lower case, with the dot."""
    read: Callable[[Path], AbstractContextManager[Sheet]]
