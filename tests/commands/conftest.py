"""What tests of commands share: a loaded company."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

import pytest

from storage.engine import open_engine
from storage.load import load
from storage.session import Session, transaction
from tests.commands.asking import NOW
from tests.commands.company import write_company, write_crowd

Loaded: TypeAlias = Callable[[str, Callable[[Path], Path]], Path]
"""Makes a migrated SQLite file of that name, with the files loaded that a function writes into a folder."""


@pytest.fixture(scope="session")
def _loaded(_migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    def loaded(name: str, write: Callable[[Path], Path]) -> Path:
        folder = tmp_path_factory.mktemp(name)
        path = folder / f"{name}.db"
        shutil.copy(_migrated_file, path)
        engine = open_engine(f"sqlite:///{path}")
        report = load(engine, [write(folder)], zone=ZoneInfo("UTC"), home_currency="USD", now=NOW)
        assert report.flawless, report
        engine.dispose()
        return path

    return loaded


@pytest.fixture(scope="session")
def _company_file(_loaded: Loaded) -> Path:
    return _loaded("company", write_company)


@pytest.fixture(scope="session")
def _rateless_file(_loaded: Loaded) -> Path:
    return _loaded("rateless", lambda folder: write_company(folder, without=("fx_rates.csv",)))


@pytest.fixture(scope="session")
def _crowd_file(_loaded: Loaded) -> Path:
    return _loaded("crowd", write_crowd)


def _session(path: Path, folder: Path) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{shutil.copy(path, folder / 'copy.db')}")
    with transaction(engine) as db:
        yield db
    engine.dispose()


@pytest.fixture
def company(_company_file: Path, tmp_path: Path) -> Iterator[Session]:
    """The company of tests.commands.company, loaded; each test has a copy."""
    yield from _session(_company_file, tmp_path)


@pytest.fixture
def rateless(_rateless_file: Path, tmp_path: Path) -> Iterator[Session]:
    """The same without exchange rates."""
    yield from _session(_rateless_file, tmp_path)


@pytest.fixture
def crowd(_crowd_file: Path, tmp_path: Path) -> Iterator[Session]:
    """Forty-five customers, twenty-five of which left in October."""
    yield from _session(_crowd_file, tmp_path)


@pytest.fixture
def db_empty(_migrated_file: Path, tmp_path: Path) -> Iterator[Session]:
    """Nothing at all."""
    yield from _session(_migrated_file, tmp_path)
