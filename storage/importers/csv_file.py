"""CSV files: UTF-8, a byte-order mark tolerated, commas, cells quoted where they must be."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader, TextIOWrapper
from itertools import chain, islice
from pathlib import Path

from metrics.types import Sentence
from storage.errors import ImportRejected
from storage.importing import CHUNK_ROWS, Chunk, Fault, Importer, Sheet

BATCH = 1 << 18
"""Characters that are read at once."""
LONGEST_HEADER = 1 << 16
"""A first line of more characters is no header, and the file no CSV file."""


@contextmanager
def read(path: Path) -> Iterator[Sheet]:
    """Open the file. Bytes that are not UTF-8 stay in their cells as lone surrogates, to be found there."""
    with _open(path) as raw, TextIOWrapper(raw, "utf-8-sig", "surrogateescape", newline="") as file:
        tape = _Tape(file)
        header = tape.header()
        yield Sheet(header, _chunks(tape, len(header), raw), path.stat().st_size)


def _open(path: Path) -> BufferedReader:
    try:
        return path.open("rb")
    except OSError as error:
        raise ImportRejected(Sentence("The file cannot be read: {reason}", {"reason": error.strerror})) from None


class _Tape:
    """A file's rows, with the way back to lines that have been read since `mark`."""

    def __init__(self, file: TextIOWrapper) -> None:
        self._batches = self._read(file)
        self._kept: list[tuple[int, list[str]]] = []
        """Batches of lines since `mark`, each with the number of its first line."""
        self._go_to(1, [])

    def _read(self, file: TextIOWrapper) -> Iterator[list[str]]:
        first = 1
        if len(opening := file.readline(LONGEST_HEADER)) == LONGEST_HEADER:
            raise ImportRejected(Sentence("The first line is too long for a header: this is not a CSV file."))
        lines = [opening] if opening else []
        while lines:
            self._kept.append((first, lines))
            first += len(lines)
            yield lines
            lines = file.readlines(BATCH)

    def _go_to(self, line: int, kept: list[str]) -> None:
        self._before = line - 1
        self._rows = csv.reader(chain(kept, chain.from_iterable(self._batches)), strict=True)

    def header(self) -> tuple[str, ...]:
        """The cells of the first row."""
        try:
            cells = next(self._rows, [])
        except csv.Error:
            raise ImportRejected(Sentence("The first line cannot be read: a quotation mark is missing.")) from None
        if not cells:
            raise ImportRejected(Sentence("The first line is empty: it must name the columns."))
        return tuple(cell.strip() for cell in cells)

    def take(self, count: int) -> tuple[list[list[str]], Sequence[int], list[Fault]]:
        """The next rows with the line that each begins on, `count` at most, and those that could not be read."""
        start = self._next_line()
        self._forget(start)
        try:
            rows = list(islice(self._rows, count))
            if self._next_line() == start + len(rows):  # a line each, as most files have
                return rows, range(start, start + len(rows)), []
        except csv.Error:
            pass
        self._go_to(start, self._kept_from(start))
        return self._take_singly(count)

    def _take_singly(self, count: int) -> tuple[list[list[str]], Sequence[int], list[Fault]]:
        rows: list[list[str]] = []
        lines: list[int] = []
        faults: list[Fault] = []
        while len(rows) + len(faults) < count:
            line = self._next_line()
            try:
                rows.append(next(self._rows))
                lines.append(line)
            except csv.Error:
                faults.append(self._skip(line))
            except StopIteration:
                break
        return rows, lines, faults

    def _skip(self, line: int) -> Fault:
        """Go on after `line`: a row whose quotation marks do not match would swallow those that follow."""
        text, *after = self._kept_from(line)
        self._go_to(line + 1, after)
        what = Sentence(
            "The row cannot be read: quotation marks do not match, or a cell is longer than {limit} characters",
            {"limit": csv.field_size_limit()},
        )
        return Fault(line, tuple(text.rstrip("\r\n").split(",")), what)

    def _next_line(self) -> int:
        return self._before + self._rows.line_num + 1

    def _kept_from(self, line: int) -> list[str]:
        return [text for first, lines in self._kept for text in lines[max(0, line - first) :]]

    def _forget(self, line: int) -> None:
        self._kept = [(first, lines) for first, lines in self._kept if first + len(lines) > line]


def _chunks(tape: _Tape, width: int, raw: BufferedReader) -> Iterator[Chunk]:
    while True:
        rows, lines, faults = tape.take(CHUNK_ROWS)
        if not rows and not faults:
            return
        yield _chunk(rows, lines, faults, width, raw.tell())


def _chunk(rows: list[list[str]], lines: Sequence[int], faults: list[Fault], width: int, done: int) -> Chunk:
    if set(map(len, rows)) - {width}:
        placed = list(zip(rows, lines, strict=True))
        faults += [_miscounted(row, line, width) for row, line in placed if row and len(row) != width]
        rows = [row for row, _ in placed if len(row) == width]
        lines = [line for row, line in placed if len(row) == width]
    columns: Sequence[Sequence[str]] = list(zip(*rows, strict=True)) if rows else [()] * width
    return Chunk(columns, lines, sorted(faults), done)


def _miscounted(row: list[str], line: int, width: int) -> Fault:
    values = {"cells": len(row), "columns": width}
    return Fault(line, tuple(row), Sentence("The row has {cells} cells, but the header has {columns}", values))


IMPORTER = Importer("csv", (".csv",), read)
