"""Minutes between moments are the same on every database."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from storage.queries.elapsed import minutes_between
from storage.queries.tables import ticket
from storage.session import Session
from tests.storage.queries import rows

START = datetime(2026, 3, 29, 0, 30, 0, 999_999, tzinfo=UTC)


def test_they_are_whole_and_unknown_where_a_moment_is(db: Session) -> None:
    one = rows.account(db)
    for number, waited in enumerate((timedelta(0), timedelta(seconds=59), timedelta(days=400, minutes=7), None)):
        end = None if waited is None else START + waited
        rows.add(db, "ticket", key=f"t{number}", account_id=one, opened_at=START, first_response_at=end)
    query = select(minutes_between(ticket.c.opened_at, ticket.c.first_response_at)).order_by(ticket.c.id)
    assert list(db.execute(query).scalars()) == [0, 0, 400 * 24 * 60 + 7, None]
