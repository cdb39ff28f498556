"""The accounts of a book by their ids, for what is better told apart outside the database."""

from sqlalchemy import select

from metrics.types import BookFilter
from storage.queries.books import accounts_of
from storage.queries.tables import account
from storage.session import Session


def ids_of(db: Session, book: BookFilter) -> frozenset[int] | None:
    """The ids of the accounts in a book; None: all of them."""
    accounts = accounts_of(db, book)
    if accounts is None:
        return None
    return frozenset(db.execute(select(account.c.id).where(account.c.id.in_(accounts))).scalars())
