"""What counts as use of the product."""

from sqlalchemy import ColumnElement, FromClause, func, or_


def is_use(row: FromClause) -> ColumnElement[bool]:
    """A row of `usage` tells of use unless all that it counts is zero: a source may send a row for every day."""
    c = row.c
    return or_(c.sessions > 0, c.events > 0, c.minutes > 0, func.coalesce(c.sessions, c.events, c.minutes).is_(None))
