"""A book of accounts as conditions on a column that says whose a row is."""

from typing import Any

from sqlalchemy import ColumnElement

from metrics.types import BookFilter
from storage.queries.books import accounts_of
from storage.session import Session


def within(db: Session, book: BookFilter, account_id: ColumnElement[Any]) -> tuple[ColumnElement[bool], ...]:
    """The rows of the book's accounts: no condition for all of them; a row of nobody is in no other book."""
    accounts = accounts_of(db, book)
    return () if accounts is None else (account_id.in_(accounts),)
