"""Transactions: all or nothing, one state while reading, one load at a time."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from storage.session import loading, reading, transaction
from tests.factories import accounts, import_files, write_csv

INSERT = text("INSERT INTO setting (name, value) VALUES (:name, 'x')")
COUNT = text("SELECT count(*) FROM setting")


def test_what_raises_leaves_nothing_behind(engine: Engine) -> None:
    def fail() -> None:
        with transaction(engine) as db:
            db.execute(INSERT, {"name": "one"})
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    with reading(engine) as db:
        assert db.execute(COUNT).scalar() == 0


def test_a_reader_sees_one_state_throughout(engine: Engine) -> None:
    with reading(engine) as db:
        assert db.execute(COUNT).scalar() == 0
        with transaction(engine) as writer:
            writer.execute(INSERT, {"name": "one"})
        assert db.execute(COUNT).scalar() == 0
    with reading(engine) as db:
        assert db.execute(COUNT).scalar() == 1


def test_a_transaction_can_follow_a_reading_on_the_same_connection(engine: Engine) -> None:
    for name in ("one", "two"):
        with reading(engine) as db:
            db.execute(COUNT)
        with transaction(engine) as db:
            db.execute(INSERT, {"name": name})
    with loading(engine) as db:
        assert db.execute(COUNT).scalar() == 2


def test_an_import_goes_on_while_somebody_reads(engine: Engine, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "accounts.csv", accounts("a1"))
    with reading(engine) as db:
        assert db.execute(text("SELECT count(*) FROM account")).scalar() == 0
        assert import_files(engine, path).files[0].new == 1
        assert db.execute(text("SELECT count(*) FROM account")).scalar() == 0
