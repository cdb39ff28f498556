"""A terminal whose settings lead to a store of its own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Engine

from bot.cli import main
from bot.settings import names
from storage.engine import open_engine


class Said(NamedTuple):
    """How a call of `latido` ended and what it printed."""

    code: int
    out: str
    err: str


Latido = Callable[..., Said]


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, _migrated_file: Path) -> Path:
    """The folder in which the terminal stands; the store is latido.db in it, up to date and empty."""
    for name in names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    shutil.copy(_migrated_file, tmp_path / "latido.db")
    monkeypatch.setenv("LATIDO_DATABASE_URL", f"sqlite:///{tmp_path / 'latido.db'}")
    return tmp_path


@pytest.fixture
def latido(folder: Path, capsys: pytest.CaptureFixture[str]) -> Latido:
    """Calls the terminal with words."""

    def call(*words: str) -> Said:
        try:
            code = main(words)
        except SystemExit as left:  # how argparse ends
            code = int(left.code or 0)
        return Said(code, *capsys.readouterr())

    return call


@pytest.fixture
def store(folder: Path) -> Iterator[Engine]:
    """The store as it is after the calls."""
    engine = open_engine(f"sqlite:///{folder / 'latido.db'}")
    yield engine
    engine.dispose()
