"""fill_store(engine, today): the example company in a store, with the health history that its data makes."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from bot.jobs import JobContext
from bot.jobs.snapshot import JOB
from bot.playground.company.alerts import JUDGED, live_with
from bot.playground.company.files import write_accounts_before, write_company
from bot.playground.company.renewals import TERM
from bot.playground.company.surveys import ask_in_the_past
from commands.core.request import Company
from storage.load import load

RENEWED_FOR = 2
"""So many years back the accounts have told when they are up for renewal: a year, and the one it is compared with."""
DAILY_FOR = 100
KNOWN_FOR = 365
FORTNIGHT = 14
"""Days of history: daily for as long as a card looks back, then every second week for a year."""


def fill_store(engine: Engine, company: Company, now: datetime) -> None:
    """Import the example company's files, ask its customers, and compute its health as of each past day.

    ValueError if a row is refused: the files are ours, so the mistake is.
    """
    today = now.astimezone(company.zone).date()
    for years in range(RENEWED_FOR, 0, -1):
        before = now - timedelta(days=TERM * years)
        _load(engine, company, before, partial(write_accounts_before, today=today, years=years))
    _load(engine, company, now, partial(write_company, today=today))
    ask_in_the_past(engine, company, now)
    for ago in history_days():
        job = JobContext(engine, company, today - timedelta(days=ago), now)
        JOB.run(job)
        if ago in JUDGED:
            live_with(job)


def _load(engine: Engine, company: Company, now: datetime, write: Callable[[Path], None]) -> None:
    with TemporaryDirectory() as folder:
        write(Path(folder))
        report = load(
            engine,
            [folder],
            zone=company.zone,
            home_currency=company.currency,
            rules=company.definitions.ledger,
            now=now,
            strict=True,
        )
    if not report.stored:
        problems = [problem for file in report.files for problem in file.problems]
        raise ValueError(f"the example company breaks the data contract: {problems[:5]}")


def history_days() -> Iterator[int]:
    """The days, counted back, for which scores are kept, oldest first."""
    yield from range(KNOWN_FOR, DAILY_FOR, -FORTNIGHT)
    yield from range(DAILY_FOR, 0, -1)
