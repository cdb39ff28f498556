"""Statements that are compiled once and then handed to the driver as they are.

A question about one account asks some twenty small things of the store. The database answers each in a few
microseconds; SQLAlchemy's own way from a statement to its rows takes ten times as long, most of it to find out again
what it found out before. What a statement is compiled to, and how its values are written and read, is kept here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from threading import Lock
from typing import Any, NamedTuple, TypeAlias, cast

from sqlalchemy import Dialect, Insert, Select
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.columns import Day, day_of
from storage.session import Session

_Convert: TypeAlias = Callable[[Any], Any]


_PORTION = 500
"""So many rows are held at a time: the garbage collector looks through all that are."""


class _Plan(NamedTuple):
    """A statement as one kind of database takes it."""

    sql: str
    constants: Mapping[str, Any]
    """Values that the statement brings with it, ready for the driver."""
    asked: Mapping[str, _Convert | None]
    """The parameters that a question gives, and how each is written."""
    order: Sequence[str] | None
    """The names in the order of their marks; None where the driver takes names."""
    columns: tuple[tuple[int, _Convert], ...]
    """Columns whose values have to be read in a certain way."""


class Prepared:
    """A select whose parameters are single values (no lists), prepared at its first use for each kind of database."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._plans: dict[str, _Plan] = {}
        self._lock = Lock()

    def rows(self, db: Session, asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """All rows; `asked` has a value for each parameter of the statement and may have more (KeyError for less)."""
        with self._asked(db, asked) as (plan, cursor):
            found = cast("list[tuple[Any, ...]]", cursor.fetchall())
        return [_read(row, plan.columns) for row in found] if plan.columns else found

    def each(self, db: Session, asked: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
        """The same rows one after the other, of which only some are held at a time."""
        with self._asked(db, asked) as (plan, cursor):
            while portion := cursor.fetchmany(_PORTION):
                if plan.columns:
                    yield from (_read(row, plan.columns) for row in portion)
                else:
                    yield from portion

    @contextmanager
    def _asked(self, db: Session, asked: Mapping[str, Any]) -> Iterator[tuple[_Plan, DBAPICursor]]:
        """A cursor that has been asked."""
        connection = db.connection()
        plan = self._plans.get(connection.dialect.name) or self._prepare(connection.dialect)
        cursor = connection.connection.cursor()
        try:
            cursor.execute(plan.sql, _values(asked, plan))
            yield plan, cursor
        finally:
            cursor.close()

    def first(self, db: Session, asked: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row; None where there is none."""
        return next(iter(self.rows(db, asked)), None)

    def value(self, db: Session, asked: Mapping[str, Any]) -> Any:  # noqa: ANN401 - what the statement selects
        """The first column of the first row; None where there is none."""
        row = self.first(db, asked)
        return None if row is None else row[0]

    def _prepare(self, dialect: Dialect) -> _Plan:
        with self._lock:
            plan = self._plans[dialect.name] = _plan(self._statement, dialect)
        return plan


class PreparedInsert:
    """An insert of rows with a value for each of the parameters that it names, prepared in the same way."""

    def __init__(self, statement: Callable[[Dialect], Insert]) -> None:
        self._statement = statement
        self._plans: dict[str, _Plan] = {}

    def many(self, db: Session, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert these rows."""
        connection = db.connection()
        dialect = connection.dialect
        plan = self._plans.get(dialect.name)
        if plan is None:
            plan = self._plans[dialect.name] = _plan(self._statement(dialect), dialect)
        connection.exec_driver_sql(plan.sql, [_values(row, plan) for row in rows])


def _values(row: Mapping[str, Any], plan: _Plan) -> Any:  # noqa: ANN401 - whatever the driver takes
    values = dict(plan.constants)
    for name, write in plan.asked.items():
        values[name] = row[name] if write is None else write(row[name])
    return values if plan.order is None else tuple([values[name] for name in plan.order])


def _plan(statement: Select[Any] | Insert, dialect: Dialect) -> _Plan:
    compiled = statement.compile(dialect=dialect)
    sql = str(compiled)
    if "POSTCOMPILE" in sql:
        raise ValueError(f"a prepared statement takes no lists, write == and or_ instead of in_: {sql}")
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    writers = {name: _writer(bind.type, dialect) for name, bind in binds.items()}
    readers = (
        (number, _reader(column.type, dialect))
        for number, column in enumerate(statement.selected_columns if isinstance(statement, Select) else ())
    )
    return _Plan(
        sql=sql,
        constants={
            name: _written(bind.effective_value, writers[name]) for name, bind in binds.items() if not bind.required
        },
        asked={name: writers[name] for name, bind in binds.items() if bind.required},
        order=compiled.positiontup if dialect.positional else None,
        columns=tuple((number, read) for number, read in readers if read is not None),
    )


def _writer(kind: TypeEngine[Any], dialect: Dialect) -> _Convert | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> _Convert | None:
    """How a value is read: as its type does it, and for the two that most rows have by a shorter way."""
    if isinstance(kind, Day):
        return _day
    if isinstance(kind, UTCDateTime) and dialect.name == "sqlite":
        return _moment
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _day(number: int | None) -> date | None:
    return None if number is None else day_of(number)


def _moment(text: str | None) -> datetime | None:
    """SQLite keeps moments as text, in UTC."""
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


def _written(value: Any, write: _Convert | None) -> Any:  # noqa: ANN401 - whatever the driver takes
    return value if write is None else write(value)


def _read(row: tuple[Any, ...], columns: tuple[tuple[int, _Convert], ...]) -> tuple[Any, ...]:
    values = list(row)
    for number, read in columns:
        values[number] = read(values[number])
    return tuple(values)
