"""fill_store(engine, today): the example company in a store, with the health history that its data makes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from bot.jobs import JobContext
from bot.jobs.snapshot import JOB
from bot.playground.company.alerts import JUDGED, live_with
from bot.playground.company.files import write_company
from bot.playground.company.surveys import ask_in_the_past
from commands.core.request import Company
from storage.load import load

DAILY_FOR = 100
KNOWN_FOR = 365
FORTNIGHT = 14
"""Days of history: daily for as long as a card looks back, then every second week for a year."""


def fill_store(engine: Engine, company: Company, now: datetime) -> None:
    """Import the example company's files, ask its customers, and compute its health as of each past day.

    ValueError if a row is refused: the files are ours, so the mistake is.
    """
    today = now.astimezone(company.zone).date()
    with TemporaryDirectory() as folder:
        write_company(Path(folder), today)
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
    ask_in_the_past(engine, company, now)
    for ago in history_days():
        job = JobContext(engine, company, today - timedelta(days=ago), now)
        JOB.run(job)
        if ago in JUDGED:
            live_with(job)


def history_days() -> Iterator[int]:
    """The days, counted back, for which scores are kept, oldest first."""
    yield from range(KNOWN_FOR, DAILY_FOR, -FORTNIGHT)
    yield from range(DAILY_FOR, 0, -1)
