"""The roll-up (mrr_rollup) follows the ledger: what lines leave is taken out of its sums, what they become is added.

The sums of a foreign currency are kept once as they are, and once for each rate that questions are likely to be asked
at (`keep_rates`): every account is converted by itself, so that a company's figure is the sum of its accounts'.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final, TypeAlias

from sqlalchemy import Connection, and_, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from metrics.money import Rates
from metrics.movements import CAUSES, KINDS
from metrics.rollup import MONTH, Part, is_mixed, parts
from metrics.types import Movement
from storage.kept import MIXED, Kept, kept_at
from storage.schema import metadata

LINES: Final = "lines"

Ledgers: TypeAlias = Mapping[int, Sequence[Movement]]
"""Each account's lines, in order of day and currency."""


_ROLLUP = metadata().tables["mrr_rollup"]
_LINE = metadata().tables["mrr_movement"]
_KEY = ("currency", "rate", "months", "month", "measure")
_ROWS = 5_000
"""So many sums are written at a time."""


def follow_lines(connection: Connection, before: Ledgers, after: Ledgers) -> None:
    """Make the sums what they are once these accounts' lines are those of `after` instead of `before`."""
    converted: defaultdict[str, list[Kept]] = defaultdict(list)
    for kept in _converted_sums(connection):
        converted[kept.currency].append(kept)
    changes: defaultdict[tuple[Kept, Part], int] = defaultdict(int)
    for ledgers, sign in ((before, -1), (after, 1)):
        for lines in ledgers.values():
            for key, value in _sums(lines, converted):
                changes[key] += sign * value
    _add(connection, changes)


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
        changes: defaultdict[tuple[Kept, Part], int] = defaultdict(int)
        for lines in _accounts_in(connection, kept.currency):
            for part, value in parts(lines, kept.worth).items():
                changes[kept, part] += value
        _add(connection, changes)


def _wanted(connection: Connection, wanted: Collection[Rates]) -> set[Kept]:
    """The converted sums that reports at these rates read."""
    c = _ROLLUP.c
    currencies = connection.execute(select(c.currency).where(c.rate == "", c.currency != MIXED).distinct()).scalars()
    names = {kept_at(currency, rates) for currency in currencies for rates in wanted}
    return {kept for kept in names if kept is not None and kept.rate}


def _converted_sums(connection: Connection) -> list[Kept]:
    c = _ROLLUP.c
    return [Kept(*row) for row in connection.execute(select(c.currency, c.rate).where(c.rate != "").distinct())]


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


def _accounts_in(connection: Connection, currency: str) -> Iterator[list[Movement]]:
    """The lines of each account that has MRR in `currency` alone."""
    c = _LINE.c
    columns = [c[name] for name in Movement._fields]
    found = connection.execute(
        select(c.account_id, *columns).where(c.currency == currency, c.mixed.is_(False)).order_by(c.account_id, c.day)
    )
    for _, rows in groupby(found, key=itemgetter(0)):
        lines = (Movement(*row[1:]) for row in rows)
        yield [line._replace(kind=KINDS[line.kind], cause=CAUSES[line.cause]) for line in lines]


def _add(connection: Connection, changes: Mapping[tuple[Kept, Part], int]) -> None:
    """Add to the stored sums; one that comes to nothing is kept no longer."""
    rows = [{**kept._asdict(), **part._asdict(), "value": value} for (kept, part), value in changes.items() if value]
    if not rows:
        return
    c = _ROLLUP.c
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    upsert = insert(_ROLLUP)
    more = upsert.on_conflict_do_update(
        index_elements=[c[name] for name in _KEY], set_={"value": c.value + upsert.excluded.value}
    )
    for start in range(0, len(rows), _ROWS):
        connection.execute(more, rows[start : start + _ROWS])
    connection.execute(delete(_ROLLUP).where(c.value == 0))
