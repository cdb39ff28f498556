from datetime import UTC, datetime

from sqlalchemy import select

from storage.queries.outbox import Draft, Standing, put, put_many, put_root, standing_of
from storage.queries.tables import outbox

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def draft(number: int, text: str = "Hello") -> Draft:
    return Draft("survey", f"1 c{number}", f"U{number}", {"text": text}, NOW, to_customer=True)


def test_many_messages_are_put_at_once_and_told_in_order(db):
    ids = put_many(db, [draft(number) for number in range(1500)], now=NOW)
    rows = db.execute(select(outbox.c.id, outbox.c.destination, outbox.c.to_customer, outbox.c.mark)).all()
    destinations = {row.id: row.destination for row in rows}
    assert [destinations[outbox_id] for outbox_id in ids] == [f"U{number}" for number in range(1500)]
    assert all(row.to_customer for row in rows)
    assert len({row.mark for row in rows}) == 1500


def test_what_is_there_already_stays_as_it_is(db):
    first = put(db, draft(2), now=NOW)
    ids = put_many(db, [draft(1), draft(2, "Again"), draft(3)], now=NOW)
    assert ids[1] == first
    assert db.execute(select(outbox.c.content).where(outbox.c.id == first)).scalar() == {"text": "Hello"}
    assert len(set(ids)) == 3


def test_no_message_is_nothing(db):
    assert put_many(db, [], now=NOW) == []


def test_somebody_elses_message_is_known_once(db):
    root = put_root(db, "C1", "1700000000.000100", now=NOW)
    assert put_root(db, "C1", "1700000000.000100", now=NOW) == root
    assert standing_of(db, root) == Standing("sent", "C1", "1700000000.000100", None)
