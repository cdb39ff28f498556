"""The parts of a book of accounts: its segments, its CSMs, the plans it is on, each as a book of its own."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, select

from metrics.types import BookFilter
from storage.queries.books import accounts_of
from storage.queries.tables import account, subscription
from storage.session import Session

_NONE: Final = ""
"""What a BookFilter calls the accounts that have none."""


class BookPart(NamedTuple):
    """A part of a book; `name` None: the accounts that have no segment, CSM or plan."""

    name: str | None
    book: BookFilter


def by_segment(db: Session, book: BookFilter) -> tuple[BookPart, ...]:
    """The segments that accounts of the book are in, in order; the accounts of none come last."""
    found = _values(db, account.c.segment, book)
    return tuple(BookPart(name, book._replace(segment=name or _NONE)) for name in _names(found))


def by_csm(db: Session, book: BookFilter) -> tuple[BookPart, ...]:
    """The CSMs that accounts of the book have, by address; the accounts of none come last."""
    found = _values(db, account.c.csm_email, book)
    return tuple(BookPart(name, book._replace(csm_email=name or _NONE)) for name in _names(found))


def by_plan(db: Session, book: BookFilter) -> tuple[BookPart, ...]:
    """The plans that accounts of the book have or had, in order, then the accounts that never had any.

    An account that has had several plans is in the part of each of them.
    """
    plans = (
        select(subscription.c.plan)
        .select_from(account.outerjoin(subscription, subscription.c.account_id == account.c.id))
        .distinct()
    )
    accounts = accounts_of(db, book)
    found = db.execute(plans if accounts is None else plans.where(account.c.id.in_(accounts))).scalars()
    names = _names(found)
    if book.plan is not None:  # whoever is on it may have had others
        names = tuple(name for name in names if (name or "").casefold() == book.plan.strip().casefold())
    return tuple(BookPart(name, book._replace(plan=name or _NONE)) for name in names)


def _values(db: Session, column: ColumnElement[str | None], book: BookFilter) -> Iterable[str | None]:
    accounts = accounts_of(db, book)
    query = select(column).select_from(account).distinct()
    return db.execute(query if accounts is None else query.where(account.c.id.in_(accounts))).scalars()


def _names(found: Iterable[str | None]) -> tuple[str | None, ...]:
    """In order and each once: spellings that differ in case are one, as for a BookFilter."""
    spelt = sorted({value or "" for value in found})
    names = {value.strip().casefold(): value for value in reversed(spelt)}
    ordered = sorted((name for name in names.values() if name), key=lambda name: (name.casefold(), name))
    return (*ordered, *((None,) if "" in names else ()))
