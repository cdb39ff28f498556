"""The example company as files and in a store of its own, made once for each day that a test asks about."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Engine

from bot.answering import Answering
from bot.opening import open_store
from bot.playground.company.files import write_company
from bot.playground.company.store import fill_store
from bot.playground.start import ZONE
from commands.core.registry import all_commands
from commands.core.request import Company
from storage.engine import open_engine
from storage.load import LoadReport, load

COMPANY = Company("USD", ZONE)

Faro = Callable[[date], Answering]


class Imported(NamedTuple):
    """The company's files and the store into which they were loaded; tests only read them."""

    folder: Path
    engine: Engine
    report: LoadReport


Import = Callable[[date, int], Imported]


@pytest.fixture(scope="session")
def imported(_migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Import]:
    """The company of a day and a seed."""
    engines: list[Engine] = []

    @cache
    def of(today: date, seed: int) -> Imported:
        folder = tmp_path_factory.mktemp("company")
        engine = open_engine(f"sqlite:///{shutil.copy(_migrated_file, folder / 'latido.db')}")
        engines.append(engine)
        files = folder / "files"
        files.mkdir()
        write_company(files, today, seed=seed)
        now = datetime.combine(today, time(9), UTC)
        return Imported(files, engine, load(engine, [files], zone=ZONE, home_currency="USD", now=now, strict=True))

    yield of
    for engine in engines:
        engine.dispose()


@pytest.fixture(scope="session")
def faro(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faro]:
    """The bot of the example company as of the morning of a day."""
    engines: list[Engine] = []

    @cache
    def on(today: date) -> Answering:
        now = datetime.combine(today, time(9), ZONE)
        engine = open_store(f"sqlite:///{tmp_path_factory.mktemp('faro') / 'faro.db'}")
        engines.append(engine)
        fill_store(engine, COMPANY, now)
        return Answering(engine, all_commands(), COMPANY, lambda: now)

    yield on
    for engine in engines:
        engine.dispose()
