from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.opening import open_store, waiting_for_writers
from storage.errors import SchemaBehind, StoreError
from storage.migrate import is_current
from storage.session import transaction


def test_an_sqlite_file_is_made_and_brought_up_to_date(tmp_path: Path) -> None:
    engine = open_store(f"sqlite:///{tmp_path / 'new.db'}")
    assert is_current(engine)
    engine.dispose()


def test_an_sqlite_file_that_is_up_to_date_is_opened_while_another_writes(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine):
        open_store(str(sqlite_engine.url)).dispose()


def test_a_store_that_stays_locked_is_a_sentence(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine), sqlite_engine.connect() as impatient:
        impatient.exec_driver_sql("PRAGMA busy_timeout = 0")
        with pytest.raises(StoreError, match="another process is writing"), waiting_for_writers():
            impatient.exec_driver_sql("CREATE TABLE late (id INTEGER)")


def test_postgresql_that_is_behind_is_refused(postgres_engine: Engine) -> None:
    with postgres_engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    with pytest.raises(SchemaBehind, match="latido migrate"):
        open_store(postgres_engine.url.render_as_string(hide_password=False))


def test_postgresql_that_is_up_to_date_is_opened(postgres_engine: Engine) -> None:
    engine = open_store(postgres_engine.url.render_as_string(hide_password=False))
    engine.dispose()


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.db", "postgresql://ana:hunter2@127.0.0.1:9/latido"])
def test_a_store_out_of_reach_is_a_sentence_without_the_password(url: str) -> None:
    with pytest.raises(StoreError, match=r"the store cannot be opened \(.+\); look at LATIDO_DATABASE_URL") as caught:
        open_store(url)
    assert "hunter2" not in str(caught.value)


def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("These are notes, not a database. " * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="file is not a database"):
        open_store(f"sqlite:///{file}")
