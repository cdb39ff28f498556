"""Many rows at once are stored as they are handed over, on both databases."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from storage.copying import insert_many
from storage.queries.tables import outbox
from storage.session import Session

NOW = datetime(2026, 11, 23, 9, 30, 15, 250_000, tzinfo=UTC)
CONTENT = {"text": "Línea\tuno\nдва \\N “три” 🎉 \\", "blocks": [{"n": 1, "none": None, "yes": True}]}


def row(number: int, **values: Any) -> dict[str, Any]:
    given = {
        "purpose": "p",
        "occurrence": f"o\\{number}",
        "destination": "U1",
        "mark": f"m{number}",
        "content": CONTENT,
        "file_name": None,
        "file_bytes": None,
        "to_customer": True,
        "state": "pending",
        "due_at": NOW + timedelta(microseconds=number),
        "attempts": 0,
        "looks": 0,
        "created_at": NOW,
    }
    return given | values


def stored(db: Session) -> list[Any]:
    columns = (outbox.c.mark, outbox.c.content, outbox.c.file_bytes, outbox.c.to_customer, outbox.c.due_at)
    return [tuple(one) for one in db.execute(select(*columns).order_by(outbox.c.id))]


def test_what_is_stored_is_what_was_handed_over(db: Session) -> None:
    insert_many(db.connection(), outbox, [row(1), row(2, file_name="a.pdf", file_bytes=b"\x00\\x\t\n\xff")])
    assert stored(db) == [
        ("m1", CONTENT, None, True, NOW + timedelta(microseconds=1)),
        ("m2", CONTENT, b"\x00\\x\t\n\xff", True, NOW + timedelta(microseconds=2)),
    ]


def test_no_rows_are_none(db: Session) -> None:
    insert_many(db.connection(), outbox, [])
    assert stored(db) == []


def test_what_is_there_stays_or_is_an_error(db: Session) -> None:
    insert_many(db.connection(), outbox, [row(1)])
    insert_many(db.connection(), outbox, [row(1, mark="another", to_customer=False), row(2)], known_stay=True)
    assert [one[0] for one in stored(db)] == ["m1", "m2"]
    with pytest.raises(IntegrityError):
        insert_many(db.connection(), outbox, [row(3), row(2, mark="m9")])
