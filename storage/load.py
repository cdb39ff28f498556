"""load(): the one way in for rows of the data contract: read, checked, stored, reported, whatever they come from."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from metrics.types import LedgerRules
from storage.errors import ImportRejected
from storage.holidays import keep_holidays
from storage.layout import layout_of
from storage.ledger import settle_rules
from storage.load_file import ACCOUNTS, Company, FileLoad, Opener, shown
from storage.report import FileReport, LoadReport, Problem
from storage.session import loading
from storage.sources import Source, find_sources

__all__ = ["FileReport", "LoadReport", "Problem", "Progress", "Rejects", "load"]

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with a file's name, how much of it has been loaded, and its size, after each transaction."""
Rejects: TypeAlias = Callable[[str, tuple[str, ...], Sequence[tuple[str, ...]]], None]
"""Called with an entity, a header and rejected rows under it as they came in; storage.rejects.RejectFiles is one."""


_BY_DEFAULT = LedgerRules()


def load(
    engine: Engine,
    paths: Sequence[Path | str],
    *,
    zone: ZoneInfo,
    home_currency: str,
    now: datetime,
    rules: LedgerRules = _BY_DEFAULT,
    strict: bool = False,
    progress: Progress | None = None,
    rejects: Rejects | None = None,
) -> LoadReport:
    """Load files, and the files of folders, in whichever order they are named; see storage.sources for their names.

    Good rows are stored batch by batch, each batch in a transaction with all that follows from it (the ledger by
    `rules` as of `now`, how fresh the data is); bad ones are reported and given to `rejects`. With `strict` all is one
    transaction, and anything bad (a row, a file that cannot be loaded) leaves the store as it was; all of it is
    reported nevertheless.

    A row as sent is the truth: an empty cell makes a known value unknown. A column that the file lacks leaves the
    stored values alone. What is stored already is not written again, and `data_load` says when rows last came in new or
    changed.
    """
    sources, problems = find_sources(paths)
    refused = [FileReport(problem.file, None, problems=(problem,), refused=True) for problem in problems]
    company = Company(zone, home_currency, now)

    def run(opener: Opener) -> LoadReport:
        today = now.astimezone(zone).date()
        with opener() as db:
            settle_rules(db.connection(), rules, today)
        files = tuple(_load_file(source, company, opener, progress, rejects) for source in sources)
        if any(file.entity == ACCOUNTS and (file.new or file.changed) for file in files):
            with opener() as db:
                keep_holidays(db.connection(), today)
        return LoadReport((*refused, *files), stored=True)

    return _all_or_nothing(engine, run) if strict else run(lambda: loading(engine))


def _load_file(
    source: Source, company: Company, opener: Opener, progress: Progress | None, rejects: Rejects | None
) -> FileReport:
    """Load one file; one that is no such file or lacks a required column is refused whole, and the others go on."""
    report = FileReport(str(source.path), source.entity.id)
    try:
        with source.importer.read(source.path) as sheet:
            layout = layout_of(source.entity, sheet.header)
            report = report._replace(unknown_columns=layout.unknown)
            file = FileLoad(report.name, layout, company, opener)
            for batch in file.batches(sheet.chunks):
                report = file.store(batch, report)
                if rejects and batch.rejected:
                    rejects(source.entity.id, sheet.header, batch.rejected)
                if progress:
                    progress(report.name, batch.done, sheet.size)
    except ImportRejected as rejected:
        problem = Problem(report.name, None, None, rejected.what, shown(rejected.value))
        return report._replace(problems=(problem,), refused=True)
    return report


class _NotFlawless(Exception):
    """Undoes a strict load."""


def _all_or_nothing(engine: Engine, run: Callable[[Opener], LoadReport]) -> LoadReport:
    try:
        with loading(engine) as db:
            report = run(lambda: nullcontext(db))
            _require_flawless(report)
    except _NotFlawless:
        files = (file._replace(new=0, changed=0, unchanged=0) for file in report.files)
        return LoadReport(tuple(files), stored=False)
    return report


def _require_flawless(report: LoadReport) -> None:
    if not report.flawless:
        raise _NotFlawless
