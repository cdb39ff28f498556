"""The history of renewal days: what was due stays known after an import has moved the next day forward."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from storage import load_file, migrate, renewals
from storage.queries.tables import account, renewal
from storage.renewals import SHORTEST_TERM, history
from storage.session import reading, transaction
from tests.factories import accounts, contents, import_files, write_csv
from tests.storage.queries import rows

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def known(engine: Engine) -> list[tuple[str, str]]:
    """Accounts and renewal days, as the store has them."""
    with reading(engine) as db:
        found = db.execute(select(account.c.key, renewal.c.due_on).join(renewal).order_by(account.c.key, "due_on"))
        return [(key, day.isoformat()) for key, day in found]


def send(engine: Engine, folder: Path, *days: str, key: str = "a1") -> None:
    """One import after the other, each with the next renewal day."""
    for day in days:
        import_files(engine, write_csv(folder / "accounts.csv", accounts(key, renewal_on=day)))


def test_the_day_that_was_due_stays_when_the_next_one_comes_in(engine: Engine, tmp_path: Path) -> None:
    send(engine, tmp_path, "2025-12-05", "2026-12-05", "2027-12-05")
    assert known(engine) == [("a1", "2025-12-05"), ("a1", "2026-12-05"), ("a1", "2027-12-05")]


def test_a_day_that_becomes_unknown_leaves_the_history_alone(engine: Engine, tmp_path: Path) -> None:
    send(engine, tmp_path, "2025-12-05", "")
    assert known(engine) == [("a1", "2025-12-05")]


def test_a_day_put_off_by_less_than_a_term_is_the_same_renewal(engine: Engine, tmp_path: Path) -> None:
    send(engine, tmp_path, "2026-01-31", "2026-02-27")
    assert known(engine) == [("a1", "2026-02-27")]
    send(engine, tmp_path, "2026-03-27")
    assert known(engine) == [("a1", "2026-02-27"), ("a1", "2026-03-27")]


def test_a_day_that_moves_back_takes_later_plans_with_it(engine: Engine, tmp_path: Path) -> None:
    send(engine, tmp_path, "2025-12-05", "2026-12-05", "2026-06-05")
    assert known(engine) == [("a1", "2025-12-05"), ("a1", "2026-06-05")]


def test_a_file_without_the_column_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    send(engine, tmp_path, "2026-12-05")
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts("a1", "a2", segment="smb")))
    assert known(engine) == [("a1", "2026-12-05")]


def test_the_same_files_again_leave_the_store_as_it_was(engine: Engine, tmp_path: Path) -> None:
    send(engine, tmp_path, "2025-12-05", "2026-12-05")
    before = contents(engine)
    send(engine, tmp_path, "2026-12-05")
    assert contents(engine) == before


def test_many_accounts_come_in_in_portions(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_file, "BATCH_ROWS", 40)
    monkeypatch.setattr(renewals, "_PORTION", 7)
    keys = [f"a{number:03}" for number in range(100)]
    for year in (2026, 2027):
        import_files(engine, write_csv(tmp_path / "accounts.csv", accounts(*keys, renewal_on=f"{year}-05-01")))
    assert known(engine) == [(key, f"{year}-05-01") for key in keys for year in (2026, 2027)]


def test_a_store_of_before_begins_with_each_accounts_next_day(engine: Engine) -> None:
    migrate.downgrade(engine, "0002")
    with transaction(engine) as db:
        rows.account(db, key="a1", renewal_on=date(2026, 12, 5))
        rows.account(db, key="a2")
    migrate.upgrade(engine)
    assert known(engine) == [("a1", "2026-12-05")]


@given(st.lists(DAYS, min_size=1, max_size=8))
def test_a_history_ends_with_the_next_day_and_keeps_a_term_between_its_days(heard: list[date]) -> None:
    days: set[date] = set()
    for following in heard:
        days = set(history(days, following))
        assert max(days) == following
        assert history(days, following) == days
    ordered = sorted(days)
    assert all(later - earlier >= SHORTEST_TERM for earlier, later in pairwise(ordered))
    assert days <= set(heard)


@given(st.dates(date(2020, 1, 1), date(2021, 1, 1)), st.integers(28, 400), st.integers(1, 12))
def test_days_a_term_apart_are_all_kept(first: date, length: int, terms: int) -> None:
    heard = [first + timedelta(days=length * term) for term in range(terms)]
    days: set[date] = set()
    for following in heard:
        days = set(history(days, following))
    assert sorted(days) == heard
