"""The example company in a store of its own, made once for each day that a test asks about."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import cache

import pytest
from sqlalchemy import Engine

from bot.answering import Answering
from bot.opening import open_store
from bot.playground.company.store import fill_store
from bot.playground.start import ZONE
from commands.core.registry import all_commands
from commands.core.request import Company

COMPANY = Company("USD", ZONE)

Faro = Callable[[date], Answering]


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
