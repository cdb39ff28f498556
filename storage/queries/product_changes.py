"""Customers one by one, in a window of 28 days: whose use of the product fell, who uses a single feature."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, select

from metrics.types import BookFilter
from storage.queries.chunks import chunks
from storage.queries.paying import customers
from storage.queries.product_use import days_of, during, sessions_of
from storage.queries.product_window import Window
from storage.queries.tables import account, usage
from storage.session import Session

_c = usage.c
_other = usage.alias("other")


class Change(NamedTuple):
    """An account's use in 28 days and in the 28 before."""

    now: int
    before: int
    in_days: bool
    """Days with use: nobody counts the account's sessions."""


def falls(db: Session, book: BookFilter, window: Window, *, least: Fraction) -> Iterator[tuple[int, Change]]:
    """The use of each customer that used the product less than in the 28 days before, by at least this share."""
    customer = customers(db, book, window.last)
    both = during(usage, window.eve_before, window.last)
    now, before = sessions_of(window)
    # From the accounts, in whose order the rows of use lie: customers come in none, and then all rows would be sorted.
    counted = (
        select(account.c.id, now, before)
        .join_from(account, usage, _c.account_id == account.c.id)
        .where(account.c.id.in_(select(customer.c.account_id)), both)
        .group_by(account.c.id)
        .having(_fell(now, before, least))
    )
    uncounted = []
    for account_id, found, earlier in db.execute(counted):
        if found or earlier:
            yield account_id, Change(int(found), int(earlier), in_days=False)
        else:
            uncounted.append(account_id)
    now, before = days_of(window)
    for some in chunks(uncounted):
        days = select(_c.account_id, now, before).where(_c.account_id.in_(some), both).group_by(_c.account_id)
        for account_id, found, earlier in db.execute(days.having(_fell(now, before, least))):
            yield account_id, Change(found, earlier, in_days=True)


def _fell(now: ColumnElement[int], before: ColumnElement[int], least: Fraction) -> ColumnElement[bool]:
    """Also where there was no use in either half."""
    return (before - now) * least.denominator >= before * least.numerator


def single_features(db: Session, book: BookFilter, window: Window) -> dict[int, str]:
    """The customers that used one feature alone in the 28 days, and which; use without a name does not count.

    A customer is looked at until a second feature turns up, which is soon. The offset of 0 makes SQLite look for the
    first one once, not for each mention of it.
    """
    customer = customers(db, book, window.last)
    some = (
        select(_c.feature)
        .where(_c.account_id == customer.c.account_id, during(usage, window.eve, window.last), _c.feature != "")
        .limit(1)
        .correlate(customer)
        .scalar_subquery()
    )
    first = select(customer.c.account_id, some.label("feature")).offset(0).subquery("first")
    another = exists().where(
        _other.c.account_id == first.c.account_id,
        during(_other, window.eve, window.last),
        _other.c.feature != "",
        _other.c.feature != first.c.feature,
    )
    found = db.execute(select(first.c.account_id, first.c.feature).where(first.c.feature.is_not(None), ~another))
    return {account_id: feature for account_id, feature in found}  # noqa: C416 - rows are no pairs
