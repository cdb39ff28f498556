"""Use of the product by the accounts of a book in 28 days: which features, how many people, how much.

What is counted comes by cell: it can be added up to any book that is kept (see storage.queries.product_totals). Or it
comes by account.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, FromClause, Select, String, and_, case, cast, func, select

from metrics.types import BookFilter
from storage.queries.books import accounts_of
from storage.queries.paying import customers
from storage.queries.product_window import DAYS, Window
from storage.queries.tables import account, usage
from storage.queries.use import is_use
from storage.session import Session

WEEK: Final = 7

_SEPARATOR: Final = "\x1f"
"""Stands between the features of an account in one text."""

Cell: TypeAlias = tuple[str | None, str | None]
"""A segment and the address of a CSM, as they are written: the accounts that have both in common. None: in none."""
Key: TypeAlias = tuple[Any, ...]
"""A Cell, or an account's id."""
Columns: TypeAlias = tuple[ColumnElement[Any], ...]

_a, _c = account.c, usage.c
BY_CELL: Final[Columns] = (_a.segment, _a.csm_email)
BY_ACCOUNT: Final[Columns] = (_a.id,)


class People(NamedTuple):
    """What named users did in 28 days."""

    users: int = 0
    daily_users: int = 0
    """Of each day, added up."""
    user_weeks: int = 0
    """Of each of the four weeks, added up."""
    sessions: int = 0
    seconds: int = 0
    """Each row's minutes, rounded to seconds: sums of them come out the same in whichever order."""

    def plus(self, other: "People") -> "People":
        """Those of two sets of accounts."""
        return People(*(one + more for one, more in zip(self, other, strict=True)))


class Adopters(NamedTuple):
    """Customers, and what they use."""

    customers: int
    using: int
    """Those that used anything."""
    by_feature: Counter[str]
    """Those that used each feature; use without a name is ""."""

    def plus(self, other: "Adopters") -> "Adopters":
        """Those of two sets of accounts."""
        return Adopters(self.customers + other.customers, self.using + other.using, self.by_feature + other.by_feature)


class Halves(NamedTuple):
    """Use in 28 days, and in the 28 before."""

    now: int = 0
    before: int = 0

    def plus(self, other: "Halves") -> "Halves":
        """Those of two sets of accounts."""
        return Halves(self.now + other.now, self.before + other.before)


def adopters(db: Session, book: BookFilter, window: Window, by: Columns = BY_CELL) -> dict[Key, Adopters]:
    """The customers of the window's last day, and how many of them used each feature."""
    features: defaultdict[Key, list[str | None]] = defaultdict(list)
    for *key, names in _features_by_customer(db, book, window, by):
        features[tuple(key)].append(names)
    return {key: _adopters(found) for key, found in features.items()}


def _adopters(features: Sequence[str | None]) -> Adopters:
    used = [names for names in features if names is not None]
    by_feature = Counter(name for names in used for name in set(names.split(_SEPARATOR)))
    return Adopters(len(features), len(used), by_feature)


def _features_by_customer(db: Session, book: BookFilter, window: Window, by: Columns) -> Iterable[Sequence[Any]]:
    """Of each customer the columns `by` and its features; None: no use.

    The names come as one text an account: to put a table of accounts and features together takes the database twice as
    long. A name that has the separator in it falls apart, into names that nobody tracks.
    """
    customer = customers(db, book, window.last)
    names = (
        select(_c.feature)
        .where(_c.account_id == customer.c.account_id, during(usage, window.eve, window.last))
        .distinct()
        .correlate(customer)
        .subquery("names")
    )
    together = select(func.aggregate_strings(names.c.feature, _SEPARATOR)).scalar_subquery()
    return db.execute(select(*by, together).join_from(customer, account, _a.id == customer.c.account_id))


def people(db: Session, book: BookFilter, window: Window, by: Columns = BY_CELL) -> dict[Key, People]:
    """The named users of the book's accounts. The same name at two accounts is two users."""
    by_account = (
        _use(
            db,
            book,
            window.eve,
            window.last,
            *by,
            func.count(_c.user_key.distinct()).label("users"),
            func.count((cast(_c.day, String) + " " + _c.user_key).distinct()).label("daily"),
            func.sum(_c.sessions).label("sessions"),
            func.sum(func.round(_c.minutes * 60)).label("seconds"),
            *(func.count(case((week, _c.user_key)).distinct()).label(f"week_{n}") for n, week in _weeks(window)),
        )
        .where(_c.user_key != "")
        .group_by(_a.id)
    )
    found: dict[Key, People] = {}
    for key, (users, daily, sessions, seconds, *weeks) in _added_up(db, by_account, by):
        found[key] = People(users, daily, sum(weeks), sessions, seconds)
    return found


def _weeks(window: Window) -> Iterator[tuple[int, ColumnElement[bool]]]:
    """The window's weeks by number, each as a condition."""
    for number in range(DAYS // WEEK):
        eve = window.eve + timedelta(days=WEEK * number)
        yield number, _days(usage, eve, eve + timedelta(days=WEEK))


def sessions(db: Session, book: BookFilter, window: Window, by: Columns = BY_CELL) -> dict[Key, Halves]:
    """The sessions of all that used the product in the 28 days or in the 28 before."""
    return _halves(db, book, window, by, sessions_of(window))


def active_days(db: Session, book: BookFilter, window: Window, by: Columns = BY_CELL) -> dict[Key, Halves]:
    """The days on which each account used the product, of the same."""
    return _halves(db, book, window, by, days_of(window))


def sessions_of(window: Window) -> list[ColumnElement[Any]]:
    """An account's sessions in both halves, as columns of its rows of use."""
    return [func.coalesce(func.sum(case((half, _c.sessions))), 0).label(name) for name, half in _named(window)]


def days_of(window: Window) -> list[ColumnElement[Any]]:
    """Its days with use."""
    return [func.count(case((half, _c.day)).distinct()).label(name) for name, half in _named(window)]


def _named(window: Window) -> Iterator[tuple[str, ColumnElement[bool]]]:
    now = _c.day > window.eve
    yield from zip(Halves._fields, (now, ~now), strict=True)


def _halves(
    db: Session, book: BookFilter, window: Window, by: Columns, columns: Sequence[ColumnElement[Any]]
) -> dict[Key, Halves]:
    by_account = _use(db, book, window.eve_before, window.last, *by, *columns).group_by(_a.id)
    return {key: Halves(*values) for key, values in _added_up(db, by_account, by)}


def during(row: FromClause, eve: date, until: date) -> ColumnElement[bool]:
    """A row of `usage` tells of use after `eve` up to `until`."""
    return and_(_days(row, eve, until), is_use(row))


def _use(db: Session, book: BookFilter, eve: date, until: date, *columns: ColumnElement[Any]) -> Select[Any]:
    """`columns` of the rows of use after `eve` up to `until`, of the book's accounts.

    The accounts are joined so that the days are looked up account by account, which is how the rows lie.
    """
    query = select(*columns).join_from(account, usage, _c.account_id == _a.id).where(during(usage, eve, until))
    accounts = accounts_of(db, book)
    return query if accounts is None else query.where(_a.id.in_(accounts))


def _added_up(db: Session, by_account: Select[Any], by: Columns) -> Iterator[tuple[Key, list[int]]]:
    """What comes by account after the columns `by`, added up by these."""
    keys = len(by)
    for row in db.execute(by_account if by is BY_ACCOUNT else _sums(by_account, keys)):
        yield tuple(row[:keys]), [int(value or 0) for value in row[keys:]]


def _sums(by_account: Select[Any], keys: int) -> Select[Any]:
    columns = tuple(by_account.subquery().c)
    return select(*columns[:keys], *map(func.sum, columns[keys:])).group_by(*columns[:keys])


def _days(row: FromClause, eve: date, until: date) -> ColumnElement[bool]:
    return and_(row.c.day > eve, row.c.day <= until)
