from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.migrate import is_current
from tests.bot.cli.conftest import Latido


@pytest.fixture(autouse=True)
def _no_store(folder: Path) -> None:
    """There is none yet."""
    (folder / "latido.db").unlink()


def test_a_new_database_is_brought_up_to_date_once(latido: Latido, store: Engine) -> None:
    assert latido("migrate") == (0, "brought up to date\n", "")
    assert is_current(store)
    assert latido("migrate") == (0, "already up to date\n", "")


def test_checking_changes_nothing(latido: Latido, store: Engine) -> None:
    assert latido("migrate", "--check") == (1, "behind: run latido migrate\n", "")
    assert not is_current(store)
    latido("migrate")
    assert latido("migrate", "--check") == (0, "up to date\n", "")
