"""What the accounts of a book, or of every book at once, did in 28 days: the sums of its cells; or what each did."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Final, Protocol, Self, TypeAlias, TypeVar

from sqlalchemy import select

from metrics.facts import ProductTotals
from metrics.types import BookFilter
from storage.kept import EVERYBODY, books_of
from storage.queries.product_use import (
    BY_ACCOUNT,
    Adopters,
    Halves,
    Key,
    People,
    active_days,
    adopters,
    people,
    sessions,
)
from storage.queries.product_window import Window, features_tracked
from storage.queries.tables import account
from storage.session import Session


class _Sum(Protocol):
    """Something that can be added up."""

    def plus(self, other: Self, /) -> Self: ...


S = TypeVar("S", bound=_Sum)
_Books: TypeAlias = Callable[[Key], Sequence[str]]
"""The names of the books that the accounts of a cell are in."""

_NOBODY: Final = Adopters(0, 0, Counter())


def totals_of(db: Session, book: BookFilter, window: Window) -> ProductTotals:
    """The use of the book's accounts; of features, that of its customers."""
    return _totals(db, book, window, {EVERYBODY}, lambda _: (EVERYBODY,))[EVERYBODY]


def totals_by_book(db: Session, window: Window) -> Mapping[str, ProductTotals]:
    """The same of every book that sums are kept of, by its name (see storage.kept)."""
    cells = db.execute(select(account.c.segment, account.c.csm_email).distinct())
    names = {EVERYBODY, *(name for segment, csm_email in cells for name in books_of(segment, csm_email))}
    return _totals(db, BookFilter(), window, names, lambda cell: books_of(*cell))


def totals_by_account(db: Session, book: BookFilter, window: Window) -> dict[int, ProductTotals]:
    """The use of each account of the book that is a customer or used the product, in these 28 days or those before.

    Days of use stand for sessions only where nobody in the book counts any: for each account as for the book.
    """
    tracked = features_tracked(db, window)
    used, found = adopters(db, book, window, BY_ACCOUNT), people(db, book, window, BY_ACCOUNT)
    use = sessions(db, book, window, BY_ACCOUNT)
    if not any(map(any, use.values())):
        use = active_days(db, book, window, BY_ACCOUNT)
    return {
        key[0]: _told(tracked, used.get(key, _NOBODY), found.get(key, People()), use.get(key, Halves()))
        for key in used.keys() | use.keys()
    }


def adopters_of(db: Session, book: BookFilter, window: Window) -> Adopters:
    """The book's customers on the window's last day, and what they use."""
    return reduce(Adopters.plus, adopters(db, book, window).values(), _NOBODY)


def people_of(db: Session, book: BookFilter, window: Window) -> People:
    """The named users of the book's accounts."""
    return reduce(People.plus, people(db, book, window).values(), People())


def _totals(
    db: Session, accounts: BookFilter, window: Window, names: Iterable[str], books: _Books
) -> dict[str, ProductTotals]:
    """The totals of `accounts`, by the names of their books."""
    tracked = features_tracked(db, window)
    used = _folded(adopters(db, accounts, window), books)
    found = _folded(people(db, accounts, window), books)
    use = _folded(sessions(db, accounts, window), books)
    # Days of use stand for sessions only where nobody in a book counts any; so in totals_by_account.
    uncounted = [name for name, halves in use.items() if not any(halves)]
    if uncounted:
        days = _folded(active_days(db, accounts, window), books)
        use.update({name: days[name] for name in uncounted})
    return {
        name: _told(tracked, used.get(name, _NOBODY), found.get(name, People()), use.get(name, Halves()))
        for name in names
    }


def _folded(cells: Mapping[Key, S], books: _Books) -> dict[str, S]:
    """What the cells of each book come to together; books without any are left out."""
    sums: dict[str, S] = {}
    for cell, part in cells.items():
        for name in books(cell):
            sums[name] = sums[name].plus(part) if name in sums else part
    return sums


def _told(tracked: Sequence[str], used: Adopters, found: People, use: Halves) -> ProductTotals:
    return ProductTotals(
        customers=used.customers,
        known=True,
        by_feature={feature: used.by_feature[feature] for feature in tracked},
        using=used.using,
        daily_users=found.daily_users,
        users=found.users,
        user_weeks=found.user_weeks,
        sessions=found.sessions,
        seconds=found.seconds,
        use_now=use.now,
        use_before=use.before,
    )
