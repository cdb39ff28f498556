"""Use of the product by the accounts of a book in 28 days: which features, how many people, how much."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, String, Subquery, and_, bindparam, case, cast, func, literal, select

from metrics.periods import Period
from metrics.types import BookFilter
from storage.columns import Day
from storage.prepared import Prepared
from storage.queries.books import accounts_of
from storage.queries.chunks import chunks
from storage.queries.tables import account, usage, usage_day
from storage.queries.tables import mrr_movement as line
from storage.queries.use import is_use
from storage.session import Session

DAYS: Final = 28
"""Every weekday four times."""
WEEK: Final = 7
TRACKED_DAYS: Final = 90
"""A feature that anybody used in so many days is tracked."""

_SEPARATOR: Final = "\x1f"
"""Stands between the features of an account in one text."""

_c = usage.c
_since, _until = bindparam("since", type_=Day), bindparam("until", type_=Day)
_between = and_(usage_day.c.day > _since, usage_day.c.day <= _until)
_latest = Prepared(select(func.max(usage_day.c.day).label("day")).where(_between))
_tracked = Prepared(select(usage_day.c.feature).where(_between, usage_day.c.feature != "").distinct())


class Window(NamedTuple):
    """The 28 days that end with `last`."""

    last: date

    @property
    def first(self) -> date:
        """Their first day."""
        return self.last - timedelta(days=DAYS - 1)

    @property
    def eve(self) -> date:
        """The last of the 28 days before."""
        return self.last - timedelta(days=DAYS)

    @property
    def eve_before(self) -> date:
        """The day before those 28."""
        return self.last - timedelta(days=2 * DAYS)


class People(NamedTuple):
    """What named users did in 28 days."""

    users: int
    daily_users: int
    """Of each day, added up."""
    user_weeks: int
    """Of each of the four weeks, added up."""
    sessions: int
    minutes: int


class Change(NamedTuple):
    """An account's use in 28 days and in the 28 before."""

    now: int
    before: int
    in_days: bool
    """Days with use: nobody counts the account's sessions."""


def window_of(db: Session, period: Period) -> Window | None:
    """The 28 days that end with the period's last day on which anybody used the product.

    A short period may have none: a day of the 28 up to its end will do. None where there is no such day either: then it
    is the data that is missing, not the use.
    """
    until = period.last
    eve = min(period.start - timedelta(days=1), until - timedelta(days=DAYS))
    day = _latest.value(db, {"since": eve, "until": until})
    return None if day is None else Window(day)


def features_tracked(db: Session, window: Window) -> tuple[str, ...]:
    """The features that anybody used in 90 days, in order of name."""
    asked = {"since": window.last - timedelta(days=TRACKED_DAYS), "until": window.last}
    return tuple(sorted(feature for (feature,) in _tracked.rows(db, asked)))


def features_by_customer(db: Session, book: BookFilter, window: Window) -> Iterator[tuple[int, frozenset[str] | None]]:
    """Each customer of the window's last day with the features it used; use without a name is "". None: no use.

    The names come as one text an account: to put a table of accounts and features together takes the database twice as
    long. A name that has the separator in it falls apart, into names that nobody tracks.
    """
    customer = customers(db, book, window.last)
    names = (
        select(_c.feature)
        .where(_c.account_id == customer.c.account_id, _during(window.eve, window.last))
        .distinct()
        .correlate(customer)
        .subquery("names")
    )
    together = select(func.aggregate_strings(names.c.feature, _SEPARATOR)).scalar_subquery()
    for account_id, text in db.execute(select(customer.c.account_id, together)):
        yield account_id, None if text is None else frozenset(text.split(_SEPARATOR))


def people(db: Session, book: BookFilter, window: Window) -> People:
    """The named users of the book's accounts. The same name at two accounts is two users."""
    by_account = (
        _use(
            db,
            book,
            window.eve,
            window.last,
            func.count(_c.user_key.distinct()).label("users"),
            func.count((cast(_c.day, String) + " " + _c.user_key).distinct()).label("daily"),
            func.sum(_c.sessions).label("sessions"),
            func.sum(_c.minutes).label("minutes"),
            *(func.count(case((week, _c.user_key)).distinct()).label(f"week_{n}") for n, week in _weeks(window)),
        )
        .where(_c.user_key != "")
        .group_by(account.c.id)
        .subquery()
    )
    found = db.execute(select(*(func.sum(column) for column in by_account.c))).one()
    users, daily, sessions, minutes, *weeks = (round(value or 0) for value in found)
    return People(users, daily, sum(weeks), sessions, minutes)


def _weeks(window: Window) -> Iterator[tuple[int, ColumnElement[bool]]]:
    """The window's weeks by number, each as a condition."""
    for number in range(DAYS // WEEK):
        eve = window.eve + timedelta(days=WEEK * number)
        yield number, _days(eve, eve + timedelta(days=WEEK))


def use(db: Session, book: BookFilter, window: Window) -> tuple[int, int]:
    """Use in the 28 days and in the 28 before: sessions, or the days of each account where nobody counts sessions."""
    rows = partial(_use, db, book, window.eve_before, window.last)
    found = db.execute(rows(*_halves(_c.day > window.eve, _c.sessions))).one()
    if not any(found):
        days = rows(_c.day).group_by(account.c.id, _c.day).subquery()
        found = db.execute(select(*_halves(days.c.day > window.eve, literal(1))).select_from(days)).one()
    return int(found[0] or 0), int(found[1] or 0)


def _halves(now: ColumnElement[bool], counted: ColumnElement[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The sums of what is now and of what is not."""
    return func.sum(case((now, counted))), func.sum(case((~now, counted)))


def changes(db: Session, book: BookFilter, window: Window) -> Iterator[tuple[int, Change]]:
    """The use of each customer that used the product in the 28 days or in the 28 before."""
    customer = customers(db, book, window.last)
    now = _c.day > window.eve
    rows = (
        select(customer.c.account_id, *(func.coalesce(half, 0) for half in _halves(now, _c.sessions)))
        .join_from(customer, usage, _c.account_id == customer.c.account_id)
        .where(_during(window.eve_before, window.last))
        .group_by(customer.c.account_id)
    )
    uncounted = []
    for account_id, sessions, before in db.execute(rows):
        if sessions or before:
            yield account_id, Change(int(sessions), int(before), in_days=False)
        else:
            uncounted.append(account_id)
    for some in chunks(uncounted):
        days = (
            select(_c.account_id, *(func.count(case((half, _c.day)).distinct()) for half in (now, ~now)))
            .where(_c.account_id.in_(some), _during(window.eve_before, window.last))
            .group_by(_c.account_id)
        )
        for account_id, found, before in db.execute(days):
            yield account_id, Change(found, before, in_days=True)


def customers(db: Session, book: BookFilter, on: date) -> Subquery:
    """The accounts of the book that pay anything at the end of the day."""
    query = select(line.c.account_id).where(line.c.day <= on)
    accounts = accounts_of(db, book)
    if accounts is not None:
        query = query.where(line.c.account_id.in_(accounts))
    paying = func.sum(line.c.after - line.c.before) > 0
    return query.group_by(line.c.account_id).having(paying).subquery("customer")


def _use(db: Session, book: BookFilter, eve: date, until: date, *columns: ColumnElement[Any]) -> Select[Any]:
    """`columns` of the rows of use after `eve` up to `until`, of the book's accounts.

    The accounts are joined so that the days are looked up account by account, which is how the rows lie.
    """
    query = select(*columns).join_from(account, usage, _c.account_id == account.c.id).where(_during(eve, until))
    accounts = accounts_of(db, book)
    return query if accounts is None else query.where(account.c.id.in_(accounts))


def _during(eve: date, until: date) -> ColumnElement[bool]:
    return and_(_days(eve, until), is_use(usage))


def _days(eve: date, until: date) -> ColumnElement[bool]:
    return and_(_c.day > eve, _c.day <= until)
