"""The ledger an account at a time: what each paid before a day, and its lines in a period."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.sql.selectable import ScalarSelect

from metrics.types import BookFilter
from storage.queries.books import accounts_of
from storage.queries.ledger import COLUMNS, Line, lines_of
from storage.queries.tables import mrr_movement as line
from storage.session import Session

Conditions: TypeAlias = tuple[ColumnElement[bool], ...]


def of_accounts(accounts: ScalarSelect[int] | None) -> Conditions:
    """The lines of some accounts; None: of all.

    The sum keeps SQLite from searching account by account for each period: there the days select far better.
    """
    return () if accounts is None else ((line.c.account_id + 0).in_(accounts),)


def lines_between(db: Session, start: date, end: date, book: BookFilter) -> Conditions:
    """Which lines are those of the book's accounts from `start` to the day before `end`."""
    return (line.c.day >= start, line.c.day < end, *of_accounts(accounts_of(db, book)))


def lines_by_account(db: Session, which: Conditions) -> Iterator[tuple[int, list[Line]]]:
    """The lines that meet the conditions, of each account together, in order of account and day."""
    found = db.execute(select(*COLUMNS).where(*which).order_by(line.c.account_id, line.c.day, line.c.currency))
    for account_id, lines in groupby(lines_of(found), key=attrgetter("account_id")):
        yield account_id, list(lines)


def mrr_before(db: Session, day: date, which: Conditions) -> Mapping[int, Mapping[str, int]]:
    """By account and currency, the MRR at the end of the day before `day`; those that paid nothing are left out."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for account_id, currency, minor in db.execute(states((line.c.day < day, *which))):
        found[account_id][currency] = int(minor)
    return found


def states(which: Conditions) -> Select[Any]:
    """Account, currency, and what its lines that meet the conditions come to; those that come to nothing are left out.

    Only what is still paid needs a rate: an account that left years ago does not.
    """
    state = func.sum(line.c.after - line.c.before)
    keys = (line.c.account_id, line.c.currency)
    return select(*keys, state).where(*which).group_by(*keys).having(state != 0)
