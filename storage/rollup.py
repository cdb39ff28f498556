"""The roll-up (mrr_rollup) follows the ledger: what lines leave is taken out of its sums, what they become is added.

The sums of a foreign currency are kept once as they are, and once for each rate that questions are likely to be asked
at (`keep_rates`): every account is converted by itself, so that a company's figure is the sum of its accounts'.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Final, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, text
from sqlalchemy.dialects import sqlite

from metrics.money import Rates
from metrics.movements import CAUSES, KINDS
from metrics.rollup import MONTH, Part, is_mixed, parts
from metrics.types import Movement
from storage.columns import day_number
from storage.entity import Done, Values
from storage.kept import EVERYBODY, MIXED, Kept, books_of, kept_at
from storage.product_use import forget_books
from storage.schema import metadata

LINES: Final = "lines"

Ledgers: TypeAlias = Mapping[int, Sequence[Movement]]
"""Each account's lines, in order of day and currency."""
Books: TypeAlias = Mapping[int, Sequence[str]]
"""The books that each account is in."""
_Changes: TypeAlias = defaultdict[tuple[str, Kept, Part], int]

_ROLLUP = metadata().tables["mrr_rollup"]
_LINE = metadata().tables["mrr_movement"]
_ACCOUNT = metadata().tables["account"]
_KEY = ("book", "currency", "rate", "months", "month", "measure")
_NAMED = 500
"""Accounts or keys that one statement names."""

T = TypeVar("T", int, str)


class Following:
    """Takes up how lines of accounts change, some at a time, and then writes what that does to the sums, once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._converted = _by_currency(connection)
        self._changes: _Changes = defaultdict(int)

    def lines(self, before: Ledgers, after: Ledgers) -> None:
        """These accounts' lines are those of `after` instead of `before`."""
        books = _books(self._connection, {*before, *after})
        for ledgers, sign in ((before, -1), (after, 1)):
            for account, lines in ledgers.items():
                _count(self._changes, _sums(lines, self._converted), books[account], sign)

    def books(self, lines: Sequence[Movement], before: Sequence[str], after: Sequence[str]) -> None:
        """An account with these lines is in the books of `after` instead of those of `before`."""
        sums = list(_sums(lines, self._converted))
        _count(self._changes, sums, before, -1)
        _count(self._changes, sums, after, 1)

    def write(self) -> None:
        """Make the sums what they are now."""
        _add(self._connection, self._changes)
        self._changes.clear()


def follow_lines(connection: Connection, before: Ledgers, after: Ledgers) -> None:
    """Make the sums what they are once these accounts' lines are those of `after` instead of `before`."""
    following = Following(connection)
    following.lines(before, after)
    following.write()


def follow_accounts(connection: Connection, values: Values) -> Done:
    """Before accounts are stored: note the books that they are in; afterwards: move their sums to those of now."""
    if not {"segment", "csm_email"} & values.keys():
        return lambda: None
    keys = list(values["account_id"])
    before = {account: books for portion in _portions(keys) for account, books in _books_by_key(connection, portion)}
    return lambda: _move(connection, before)


def _move(connection: Connection, before: Books) -> None:
    """Move the sums of accounts whose books are other ones than before; those of their use are counted anew."""
    following = Following(connection)
    other: set[str] = set()
    for portion in _portions(before):
        now = _books(connection, portion)
        moved = [account for account in portion if now[account] != before[account]]
        other.update(*({*before[account]} ^ {*now[account]} for account in moved))
        for account, lines in _ledgers(connection, moved):
            following.books(lines, before[account], now[account])
    following.write()
    if other:
        forget_books(connection, other)


def has_rates(connection: Connection, wanted: Collection[Rates]) -> bool:
    """Whether the sums of foreign currencies are kept at these rates and at no others."""
    return _wanted(connection, wanted) == set(_converted_sums(connection))


def keep_rates(connection: Connection, wanted: Collection[Rates]) -> None:
    """Keep the sums of foreign currencies at these rates, and at no others."""
    names, there = _wanted(connection, wanted), set(_converted_sums(connection))
    if gone := there - names:
        c = _ROLLUP.c
        those = (and_(c.currency == kept.currency, c.rate == kept.rate) for kept in gone)
        connection.execute(delete(_ROLLUP).where(or_(*those)))
    for kept in sorted(names - there):
        of_currency = list(_accounts_in(connection, kept.currency))
        books = {
            account: found
            for portion in _portions([account for account, _ in of_currency])
            for account, found in _books(connection, portion).items()
        }
        changes: _Changes = defaultdict(int)
        for account, lines in of_currency:
            sums = [((kept, part), value) for part, value in parts(lines, kept.worth).items()]
            _count(changes, sums, books[account], 1)
        _add(connection, changes)


def _wanted(connection: Connection, wanted: Collection[Rates]) -> set[Kept]:
    """The converted sums that reports at these rates read."""
    c = _ROLLUP.c
    unconverted = select(c.currency).where(c.book == EVERYBODY, c.rate == "", c.currency != MIXED)
    currencies = connection.execute(unconverted.distinct()).scalars()
    names = {kept_at(currency, rates) for currency in currencies for rates in wanted}
    return {kept for kept in names if kept is not None and kept.rate}


def _converted_sums(connection: Connection) -> list[Kept]:
    c = _ROLLUP.c
    of_all = select(c.currency, c.rate).where(c.book == EVERYBODY, c.rate != "").distinct()
    return [Kept(*row) for row in connection.execute(of_all)]


def _by_currency(connection: Connection) -> Mapping[str, Sequence[Kept]]:
    converted: defaultdict[str, list[Kept]] = defaultdict(list)
    for kept in _converted_sums(connection):
        converted[kept.currency].append(kept)
    return converted


def _count(changes: _Changes, sums: Iterable[tuple[tuple[Kept, Part], int]], books: Sequence[str], sign: int) -> None:
    for (kept, part), value in sums:
        for book in books:
            changes[book, kept, part] += sign * value


def _books(connection: Connection, accounts: Collection[int]) -> dict[int, tuple[str, ...]]:
    c = _ACCOUNT.c
    found = connection.execute(select(c.id, c.segment, c.csm_email).where(c.id.in_(accounts)))
    return {account: books_of(segment, csm_email) for account, segment, csm_email in found}


def _books_by_key(connection: Connection, keys: Collection[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    c = _ACCOUNT.c
    for account, segment, csm_email in connection.execute(select(c.id, c.segment, c.csm_email).where(c.key.in_(keys))):
        yield account, books_of(segment, csm_email)


def _portions(items: Iterable[T]) -> Iterator[list[T]]:
    ordered = iter(sorted(items))
    while portion := list(islice(ordered, _NAMED)):
        yield portion


def _sums(
    lines: Sequence[Movement], converted: Mapping[str, Sequence[Kept]]
) -> Iterator[tuple[tuple[Kept, Part], int]]:
    if not lines:
        return
    if is_mixed(lines):
        for line in lines:
            yield (Kept(MIXED, ""), Part(MONTH, line.day.replace(day=1), LINES)), 1
        return
    currency = lines[0].currency
    for kept in (Kept(currency, ""), *converted.get(currency, ())):
        for part, value in parts(lines, kept.worth).items():
            yield (kept, part), value


def _accounts_in(connection: Connection, currency: str) -> Iterator[tuple[int, list[Movement]]]:
    """The lines of each account that has MRR in `currency` alone."""
    return _read(connection, and_(_LINE.c.currency == currency, _LINE.c.mixed.is_(False)))


def _ledgers(connection: Connection, accounts: Collection[int]) -> Iterator[tuple[int, list[Movement]]]:
    return _read(connection, _LINE.c.account_id.in_(accounts))


def _read(connection: Connection, those: ColumnElement[bool]) -> Iterator[tuple[int, list[Movement]]]:
    c = _LINE.c
    columns = [c[name] for name in Movement._fields]
    found = connection.execute(select(c.account_id, *columns).where(those).order_by(c.account_id, c.day, c.currency))
    for account, rows in groupby(found, key=itemgetter(0)):
        lines = (Movement(*row[1:]) for row in rows)
        yield account, [line._replace(kind=KINDS[line.kind], cause=CAUSES[line.cause]) for line in lines]


_UPSERT = sqlite.insert(_ROLLUP)
_ADD_ON_SQLITE = _UPSERT.on_conflict_do_update(
    index_elements=[_ROLLUP.c[name] for name in _KEY], set_={"value": _ROLLUP.c.value + _UPSERT.excluded.value}
)
_ADD_ON_POSTGRESQL = text("""
    INSERT INTO mrr_rollup (book, currency, rate, months, month, measure, value)
    SELECT * FROM unnest(
        CAST(:book AS text[]), CAST(:currency AS text[]), CAST(:rate AS text[]), CAST(:months AS int[]),
        CAST(:month AS int[]), CAST(:measure AS text[]), CAST(:value AS bigint[])
    )
    ON CONFLICT (book, currency, rate, months, month, measure) DO UPDATE SET value = mrr_rollup.value + excluded.value
""")
"""A column as one array: a statement a row would wait for the server each time."""


def _add(connection: Connection, changes: _Changes) -> None:
    """Add to the stored sums; one that comes to nothing is kept no longer."""
    rows = [
        {"book": book, **kept._asdict(), **part._asdict(), "value": value}
        for (book, kept, part), value in changes.items()
        if value
    ]
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        columns = {name: [row[name] for row in rows] for name in (*_KEY, "value")}
        connection.execute(_ADD_ON_POSTGRESQL, columns | {"month": [day_number(month) for month in columns["month"]]})
    else:
        connection.execute(_ADD_ON_SQLITE, rows)
    connection.execute(delete(_ROLLUP).where(_ROLLUP.c.value == 0))
