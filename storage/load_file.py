"""FileLoad: one file on its way into its table, a batch of rows a transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage import bulk
from storage.cells import Checked, RowReader
from storage.entities import all_entities
from storage.entity import Entity, Field
from storage.importing import Chunk
from storage.kept_facts import forget
from storage.kinds import Context
from storage.layout import Layout
from storage.models.data_load import DataLoad
from storage.report import PROBLEMS_KEPT, FileReport, Problem
from storage.session import Session
from storage.touched import touch, touch_keys

BATCH_ROWS = 20_000
"""Rows that are stored in one transaction, with all that follows from them."""
ACCOUNTS = "accounts"
"""The entity whose rows are the accounts themselves."""
SHOWN = 80
"""A problem shows so many characters of what was read."""

Opener: TypeAlias = Callable[[], AbstractContextManager[Session]]
"""Opens the transaction that the next batch is stored in."""


class Company(NamedTuple):
    """Whose data it is, and when it comes in."""

    zone: ZoneInfo
    home_currency: str
    now: datetime


@dataclass(slots=True)
class Batch:
    """Rows of a file, read and checked, that are to be stored together."""

    columns: list[list[Any]]
    values: dict[str, list[Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rejected: list[tuple[str, ...]] = field(default_factory=list)
    done: int = 0
    """How much of the file has been read with it."""

    @property
    def good(self) -> int:
        """Rows that can be stored."""
        return len(self.columns[0])

    def add(
        self, checked: Checked, rejected: Iterable[tuple[str, ...]], problems: Iterable[Problem], done: int
    ) -> None:
        """Append what came of one chunk."""
        for column, found in zip(self.columns, checked.columns, strict=True):
            column += found
        for name, values in checked.values.items():
            self.values.setdefault(name, []).extend(values)
        self.rejected += rejected
        self.problems += islice(problems, PROBLEMS_KEPT - len(self.problems))
        self.done = done


class FileLoad:
    """What stays the same from batch to batch of one file."""

    def __init__(self, name: str, layout: Layout, company: Company, opener: Opener) -> None:
        self._name, self._layout, self._now, self._opener = name, layout, company.now, opener
        with opener() as db:
            connection = db.connection()
            ids = {entity: _by_key(connection, all_entities()[entity], "id") for entity in layout.entity.refers_to}
            # A key of several columns finds no stored value: what is beside is not compared with it then.
            single = len(layout.entity.key) == 1
            beside = {
                lacking.name: _by_key(connection, layout.entity, lacking.stored_as) if single else {}
                for lacking in layout.lacking
            }
            priced = {left.name: _currencies(connection, layout.entity, left) for left in layout.left_amounts}
            dialect = connection.dialect
        context = Context(company.zone, company.home_currency, ids)
        self._reader = RowReader(layout, context, bulk.encoders(layout, dialect), beside, priced)
        self._sql = bulk.statements(layout, dialect)

    def batches(self, chunks: Iterable[Chunk]) -> Iterator[Batch]:
        """Read and check the rows."""
        batch = self._empty()
        for chunk in chunks:
            checked = self._reader.read(chunk)
            batch.add(checked, self._rejected(chunk, checked), self._problems(chunk, checked), chunk.done)
            if batch.good + len(batch.rejected) >= BATCH_ROWS:
                yield batch
                batch = self._empty()
        if batch.good or batch.rejected:
            yield batch

    def store(self, batch: Batch, report: FileReport) -> FileReport:
        """Store the good rows of a batch and all that follows from them; the report with the batch added to it."""
        written = self._write(batch) if batch.good else bulk.Written(0, 0)
        return report._replace(
            read=report.read + batch.good + len(batch.rejected),
            new=report.new + written.new,
            changed=report.changed + written.changed,
            unchanged=report.unchanged + batch.good - written.new - written.changed,
            rejected=report.rejected + len(batch.rejected),
            problems=(*report.problems, *batch.problems)[:PROBLEMS_KEPT],
        )

    def _write(self, batch: Batch) -> bulk.Written:
        with self._opener() as db:
            connection = db.connection()
            done = [follow.begin(connection, batch.values) for follow in self._layout.entity.follow]
            written = bulk.store(connection, self._sql, batch.columns)
            if written.new or written.changed:
                db.merge(DataLoad(entity=self._layout.entity.id, loaded_at=self._now))
                for finish in done:
                    finish()
                self._forget(connection, batch)
                self._touch(connection, batch.values.get(self._layout.entity.touches, ()))
        return written

    def _forget(self, connection: Connection, batch: Batch) -> None:
        """Facts that rest on the table are read anew, those of all days where a row may have had another day."""
        entity = self._layout.entity
        forget(connection, entity.table.name, since=min(batch.values[entity.dated]) if entity.dated else None)

    def _touch(self, connection: Connection, whose: Sequence[Any]) -> None:
        """Note whose rows came in: the accounts' ids, or in the accounts' own file their keys."""
        if self._layout.entity.id == ACCOUNTS:
            touch_keys(connection, set(whose), now=self._now)
        else:
            touch(connection, set(whose) - {None}, now=self._now)

    def _empty(self) -> Batch:
        return Batch([[] for _ in self._layout.columns])

    def _rejected(self, chunk: Chunk, checked: Checked) -> list[tuple[str, ...]]:
        """The cells of all bad rows, by line."""
        bad = {flaw.row for flaw in checked.flaws}
        flawed = ((chunk.lines[row], tuple(column[row] for column in chunk.columns)) for row in bad)
        faulty = ((fault.line, fault.cells) for fault in chunk.faults)
        return [cells for _, cells in sorted((*flawed, *faulty))]

    def _problems(self, chunk: Chunk, checked: Checked) -> Iterator[Problem]:
        """What is wrong with the bad rows, by line."""
        header = self._layout.header
        faulty = (Problem(self._name, fault.line, None, fault.what, _joined(fault.cells)) for fault in chunk.faults)
        flawed = (
            Problem(self._name, chunk.lines[row], header[position], what, shown(chunk.columns[position][row]))
            for row, position, what in checked.flaws
        )
        return merge(faulty, flawed, key=lambda problem: problem.line or 0)


def _by_key(connection: Connection, entity: Entity, column: str) -> dict[str, Any]:
    """A column's stored values by the key of their row."""
    columns = entity.table.columns
    return {row[0]: row[1] for row in connection.execute(select(columns["key"], columns[column]))}


def _currencies(connection: Connection, entity: Entity, amount: Field) -> dict[str, str | None]:
    """The currencies of the stored amounts by the key of their row; None is the company's."""
    columns = entity.table.columns
    query = select(columns["key"], columns["currency"]).where(columns[amount.stored_as].is_not(None))
    return {row[0]: row[1] for row in connection.execute(query)}


def _joined(cells: Sequence[str]) -> str:
    return shown(",".join(cells))


def shown(value: str) -> str:
    """`value` short and printable."""
    short = value if len(value) <= SHOWN else f"{value[: SHOWN - 1]}…"
    return "".join(sign if sign.isprintable() else "�" for sign in short)
