"""Prepared statements answer as SQLAlchemy's own way does, on both databases."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import BindParameter, bindparam, func, select
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.columns import Day
from storage.prepared import Prepared
from storage.queries.tables import account, health_snapshot, ticket, usage
from storage.session import Session
from tests.storage.queries import rows

DAY = date(2026, 10, 1)
MOMENT = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)


def test_values_are_written_and_read_as_their_columns_say(db: Session) -> None:
    one = rows.account(db, "Ácme «%s» %(x)s ?", renewal_on=DAY, seats_purchased=7)
    rows.used(db, one, DAY, sessions=3)
    rows.add(db, "ticket", key="t1", account_id=one, opened_at=MOMENT, escalated=True)
    rows.add(
        db,
        "health_snapshot",
        account_id=one,
        day=DAY,
        score=70,
        band="good",
        coverage_permille=900,
        permille={"use": 1},
    )
    asked = {"id": one, "day": DAY, "moment": MOMENT, "more": "than is asked"}
    whose: BindParameter[int] = bindparam("id")
    statements: list[Any] = [
        select(account.c.name, account.c.renewal_on, account.c.seats_purchased, account.c.domain).where(
            account.c.id == whose, account.c.name.contains("%s")
        ),
        select(usage.c.day, usage.c.sessions).where(
            usage.c.account_id == whose, usage.c.day == bindparam("day", type_=Day)
        ),
        select(ticket.c.opened_at, ticket.c.escalated).where(
            ticket.c.account_id == whose, ticket.c.opened_at <= bindparam("moment", type_=UTCDateTime)
        ),
        select(health_snapshot.c.permille, health_snapshot.c.day).where(health_snapshot.c.account_id == whose),
        select(func.count(), func.max(usage.c.day)).where(usage.c.account_id == whose),
    ]
    for statement in statements:
        prepared = Prepared(statement)
        expected = [tuple(row) for row in db.execute(statement, asked)]
        assert len(expected) == 1
        assert prepared.rows(db, asked) == expected
        assert prepared.rows(db, asked) == expected  # the second time from what was prepared
        assert prepared.first(db, asked) == expected[0]
        assert prepared.value(db, asked) == expected[0][0]


def test_nothing_found_is_none(db: Session) -> None:
    nobody = Prepared(select(account.c.name).where(account.c.id == bindparam("id")))
    assert nobody.rows(db, {"id": 0}) == []
    assert nobody.first(db, {"id": 0}) is None
    assert nobody.value(db, {"id": 0}) is None


def test_a_parameter_that_is_missing_is_an_error(db: Session) -> None:
    with pytest.raises(KeyError, match="id"):
        Prepared(select(account.c.name).where(account.c.id == bindparam("id"))).rows(db, {})


def test_lists_are_refused_when_it_is_prepared(db: Session) -> None:
    with pytest.raises(ValueError, match="takes no lists"):
        Prepared(select(account.c.name).where(account.c.id.in_([1, 2]))).rows(db, {})
