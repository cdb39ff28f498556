"""Sums of product use (product_use): kept for each book and window, forgotten with any change of what they rest on.

A window is named by its last day. It is counted without holding up a writer: `begin` leaves a mark on it, the count
reads one state of the store that is not older, and `finish` keeps its sums if the mark is still there. Whoever changes
something that a window rests on removes its mark and its sums in the same transaction. `begin` and `finish` need the
turn to load (storage.session.loading), so that no change is on its way meanwhile that does not know of the mark.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Any, Final, TypeAlias
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from metrics.facts import ProductTotals
from metrics.types import Movement
from storage.entity import Done, Values
from storage.kept import EVERYBODY
from storage.schema import metadata

LOOKS_BACK_DAYS: Final = 90
"""The last day of a window and the days before it that its sums rest on: its own, those it is compared with, and those
in which a feature must have been used to be tracked."""

_MARK: Final = "mark"
"""Stands in the place of a book, whose names are another word, or two, or none."""
_COUNTED: Final = {"counted": sorted(field.name for field in fields(ProductTotals))}
"""What is counted of a window: those of a version that counts something else are counted anew."""
_NAMED: Final = 500
"""Books that one statement names."""
_USE = metadata().tables["product_use"]
_c = _USE.c

Sums: TypeAlias = Mapping[str, Any]
"""As JSON has them."""
Ledgers: TypeAlias = Mapping[int, Sequence[Movement]]
"""Each account's lines, in order of day."""


# --- Counting ------------------------------------------------------------------------------------------------------


def counted(connection: Connection) -> set[date]:
    """The windows whose sums are kept, of every book that an account is in."""
    those = connection.execute(select(_c.day, _c.sums).where(_c.book == _MARK))
    return {day for day, mark in those if mark == _COUNTED}


def begin(connection: Connection, day: date) -> str:
    """Leave a mark on a window that is to be counted; another one's is replaced, who will count in vain."""
    mark = uuid4().hex
    connection.execute(delete(_USE).where(_marks(day)))
    _mark(connection, day, {"counting": mark})
    return mark


def finish(connection: Connection, day: date, mark: str, by_book: Mapping[str, Sums]) -> bool:
    """Keep a window's sums by book; False where anything that they rest on has changed since the mark was left."""
    found = connection.execute(select(_c.sums).where(_marks(day))).scalar()
    if found != {"counting": mark}:
        return False
    connection.execute(delete(_USE).where(_c.day == day))
    rows = [{"book": book, "day": day, "sums": sums} for book, sums in by_book.items()]
    if rows:
        connection.execute(insert(_USE), rows)
    _mark(connection, day, _COUNTED)
    return True


def keep_only(connection: Connection, days: Collection[date]) -> None:
    """Let go of all other windows."""
    _forget(connection, [day for day in _days(connection) if day not in days])


# --- Forgetting ----------------------------------------------------------------------------------------------------


def follow(connection: Connection, values: Values) -> Done:
    """After usage is stored: forget the windows that look back on one of its days."""
    return lambda: forget_use(connection, values["day"])


def forget_use(connection: Connection, days: Iterable[date]) -> None:
    """The use of these days has changed."""
    known = _days(connection)
    if known:
        used = set(days)
        reach = timedelta(days=LOOKS_BACK_DAYS)
        _forget(connection, [last for last in known if any(last - reach < day <= last for day in used)])


def forget_customers(connection: Connection, before: Ledgers, after: Ledgers) -> None:
    """The lines of accounts are those of `after`, not of `before`: who was a customer on which day may be another."""
    left = _days(connection)
    gone = []
    for account in {*before, *after} if left else ():
        was, became = _turns(before.get(account, ())), _turns(after.get(account, ()))
        if was != became:
            gone += [day for day in left if _pays(was, day) != _pays(became, day)]
            left = [day for day in left if day not in gone]
    _forget(connection, gone)


def forget_books(connection: Connection, books: Iterable[str]) -> None:
    """Accounts have come into these books, or left them; the others keep their sums until all are counted again."""
    ordered = sorted({*books})
    for start in range(0, len(ordered), _NAMED):
        connection.execute(delete(_USE).where(_c.book.in_([_MARK, *ordered[start : start + _NAMED]])))


def _turns(lines: Sequence[Movement]) -> list[tuple[date, bool]]:
    """The days on which an account began or ceased to pay anything, whatever the currencies."""
    turns: list[tuple[date, bool]] = []
    mrr = 0
    for number, line in enumerate(lines):
        mrr += line.after - line.before
        day_is_over = number + 1 == len(lines) or lines[number + 1].day != line.day
        if day_is_over and (mrr > 0) != bool(turns and turns[-1][1]):
            turns.append((line.day, mrr > 0))
    return turns


def _pays(turns: Sequence[tuple[date, bool]], on: date) -> bool:
    return next((pays for day, pays in reversed(turns) if day <= on), False)


# --- Rows ----------------------------------------------------------------------------------------------------------


def _days(connection: Connection) -> list[date]:
    """The windows that there are any rows of: one is the mark's or everybody's, without which there are no others."""
    return list(connection.execute(select(_c.day).where(_c.book.in_((_MARK, EVERYBODY))).distinct()).scalars())


def _forget(connection: Connection, days: Collection[date]) -> None:
    if days:
        connection.execute(delete(_USE).where(_c.day.in_(days)))


def _marks(day: date) -> ColumnElement[bool]:
    return and_(_c.book == _MARK, _c.day == day)


def _mark(connection: Connection, day: date, sums: Sums) -> None:
    connection.execute(insert(_USE).values(book=_MARK, day=day, sums=sums))
