"""Which accounts a question is about: a BookFilter as SQL."""

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.sql.selectable import ScalarSelect

from metrics.types import BookFilter
from storage.queries.tables import account, subscription
from storage.session import Session


def segments(db: Session) -> tuple[str, ...]:
    """The segments that accounts are in, as they are written, in order."""
    return _values(db, account.c.segment)


def csm_emails(db: Session) -> tuple[str, ...]:
    """The addresses of the CSMs that have accounts, as they are written, in order."""
    return _values(db, account.c.csm_email)


def plans(db: Session) -> tuple[str, ...]:
    """The plans that accounts have or had, as they are written, in order."""
    return _values(db, subscription.c.plan)


def alike(db: Session, column: ColumnElement[str | None], text: str) -> ColumnElement[bool]:
    """`column` equals `text` whatever the case, in any alphabet: databases fold ASCII only, or by their locale."""
    wanted = text.strip().casefold()
    spellings = [value for value in _values(db, column) if value.strip().casefold() == wanted]
    return column.in_(spellings) if spellings else false()


def accounts_of(db: Session, book: BookFilter) -> ScalarSelect[int] | None:
    """The ids of the accounts in a book as a sub-query; None: all of them."""
    if book == BookFilter():
        return None
    query = select(account.c.id)
    if book.segment is not None:
        query = query.where(_named(db, account.c.segment, book.segment))
    if book.csm_email is not None:
        query = query.where(_named(db, account.c.csm_email, book.csm_email))
    if book.plan is not None:
        query = query.where(_on_plan(db, book.plan))
    if book.account_id is not None:
        query = query.where(account.c.id == book.account_id)
    return query.scalar_subquery()


def _named(db: Session, column: ColumnElement[str | None], text: str) -> ColumnElement[bool]:
    return alike(db, column, text) if text else column.is_(None)


def _on_plan(db: Session, plan: str) -> ColumnElement[bool]:
    """Accounts that have, or had, a subscription to the plan; without a name those that never had any."""
    if not plan:
        return account.c.id.not_in(select(subscription.c.account_id))
    return account.c.id.in_(select(subscription.c.account_id).where(alike(db, subscription.c.plan, plan)))


def _values(db: Session, column: ColumnElement[str | None]) -> tuple[str, ...]:
    found = db.execute(select(column).where(column.is_not(None)).distinct()).scalars()
    return tuple(sorted(value for value in found if value is not None))
