"""Who is a customer on a day: the accounts that pay anything at its end."""

from datetime import date

from sqlalchemy import Subquery, func, select

from metrics.types import BookFilter
from storage.queries.books import accounts_of
from storage.queries.tables import mrr_movement as line
from storage.session import Session


def customers(db: Session, book: BookFilter, on: date) -> Subquery:
    """The accounts of the book that pay anything at the end of the day, in whatever currency: their `account_id`."""
    query = select(line.c.account_id).where(line.c.day <= on)
    accounts = accounts_of(db, book)
    if accounts is not None:
        query = query.where(line.c.account_id.in_(accounts))
    paying = func.sum(line.c.after - line.c.before) > 0
    return query.group_by(line.c.account_id).having(paying).subquery("customer")
