"""What has been done once is not done again."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Barrier

from sqlalchemy import Engine

from storage.queries.seen import first_time, forget, forget_before, remembered_before
from storage.session import Session, transaction

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def test_a_key_is_new_once_until_it_is_forgotten(db: Session) -> None:
    assert [first_time(db, "e1", now=NOW), first_time(db, "e1", now=NOW), first_time(db, "e2", now=NOW)] == [
        True,
        False,
        True,
    ]
    forget(db, "e1")
    assert first_time(db, "e1", now=NOW + timedelta(days=1))
    assert not remembered_before(db, NOW)
    assert remembered_before(db, NOW + timedelta(hours=1))
    assert forget_before(db, NOW + timedelta(hours=1)) == 1
    assert (first_time(db, "e1", now=NOW), first_time(db, "e2", now=NOW)) == (False, True)


def test_of_many_at_once_one_is_first(engine: Engine) -> None:
    together = Barrier(8)

    def ask(_: int) -> bool:
        together.wait(timeout=30)
        with transaction(engine) as db:
            return first_time(db, "e1", now=NOW)

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(ask, range(8))) == [False] * 7 + [True]


class _Undone(Exception):
    pass


def test_what_was_undone_is_new_again(engine: Engine) -> None:
    with suppress(_Undone), transaction(engine) as db:
        assert first_time(db, "e1", now=NOW)
        raise _Undone
    with transaction(engine) as db:
        assert first_time(db, "e1", now=NOW)
