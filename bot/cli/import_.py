"""latido import PATH…: bring files of the data contract into the store."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from tqdm import tqdm

from bot.cli import Verb
from bot.kept_figures import keep_figures
from bot.opening import keep_up, open_store, waiting_for_writers
from bot.product_use import count_use
from bot.settings import load_settings
from commands.core.request import Translator
from commands.ui.text import best_locale, translator
from storage.errors import StoreError
from storage.load import load
from storage.rejects import RejectFiles
from storage.report import FileReport, LoadReport, Problem
from storage.sources import find_sources

PROBLEMS_SHOWN = 20
"""So many problems of a file are listed; the rest is in --rejects, or counted."""


def configure(parser: argparse.ArgumentParser) -> None:
    """What to read and what to do with what is wrong."""
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="a CSV file named after what is in it (accounts.csv, usage-2026-11.csv, …), or a folder of them",
    )
    parser.add_argument("--strict", action="store_true", help="write nothing at all if anything is wrong")
    parser.add_argument(
        "--rejects", type=Path, metavar="FILE", help="save rejected rows, ready to be mended and sent again"
    )
    parser.add_argument("--language", default="en", help="language of the report: en, es or ru")


def run(arguments: argparse.Namespace) -> int:
    """Load and report; exit code 1 when anything was rejected."""
    settings = load_settings()
    t = translator(best_locale(arguments.language))
    engine = open_store(settings.database_url)
    with ExitStack() as closing:
        rejects = closing.enter_context(_rejects(arguments.rejects, arguments.paths)) if arguments.rejects else None
        bars = closing.enter_context(_Bars())
        closing.enter_context(waiting_for_writers())
        report = load(
            engine,
            arguments.paths,
            zone=settings.zone,
            home_currency=settings.currency,
            rules=settings.company().definitions.ledger,
            now=datetime.now(UTC),
            strict=arguments.strict,
            progress=bars if sys.stderr.isatty() else None,
            rejects=rejects,
        )
        keep_up(engine, settings.company(), datetime.now(UTC))
    if not report.files:
        engine.dispose()
        places = ", ".join(str(path) for path in arguments.paths)
        raise StoreError(
            f"there is nothing to load in {places}: files are named after what is in them (accounts.csv, …)"
        )
    print("\n".join(lines(report, t)))
    for path in rejects.written if rejects else ():
        print(t("Rejected rows are in {path}: correct them there and import that file.", path=str(path)))
    # These may take a while; all that was to be said has been.
    count_use(engine, settings.company(), datetime.now(UTC))
    keep_figures(engine, settings.company(), datetime.now(UTC))
    engine.dispose()
    return 0 if report.flawless else 1


def _rejects(path: Path, sources: Sequence[Path]) -> RejectFiles:
    """The files for rejected rows; StoreError where one of them would replace a file that is to be imported."""
    found, _ = find_sources(sources)
    return RejectFiles(path, found)


def lines(report: LoadReport, t: Translator) -> list[str]:
    """The report as people read it: a line a file, what is wrong below it; at the end whether anything was stored."""
    found = [line for file in report.files for line in _file_lines(file, t)]
    if not report.stored:
        found.append(t("Nothing was written, because of --strict: correct what is listed and import again."))
    return found


def _file_lines(file: FileReport, t: Translator) -> list[str]:
    counts = t(
        "{file}: {read} read, {new} new, {changed} changed, {unchanged} unchanged, {rejected} rejected",
        file=file.name,
        read=file.read,
        new=file.new,
        changed=file.changed,
        unchanged=file.unchanged,
        rejected=file.rejected,
    )
    found = [t("{file}: refused", file=file.name) if file.refused else counts]
    if file.unknown_columns:
        found.append("  " + t("Unknown columns, left out: {columns}", columns=", ".join(file.unknown_columns)))
    found += [_problem_line(problem, t) for problem in file.problems[:PROBLEMS_SHOWN]]
    if len(file.problems) > PROBLEMS_SHOWN:
        more = file.rejected - PROBLEMS_SHOWN
        found.append("  " + t("… and {more} more; --rejects FILE saves them all.", more=max(more, 1)))
    return found


def _problem_line(problem: Problem, t: Translator) -> str:
    """`file:line column: what is wrong, what was read`, so that an editor can jump to it."""
    place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    column = f" {problem.column}" if problem.column else ""
    value = f", {problem.value!r}" if problem.value else ""
    return f"  {place}{column}: {t(problem.what)}{value}"


class _Bars(AbstractContextManager["_Bars"]):
    """A progress bar a file, on the terminal only."""

    def __init__(self) -> None:
        self._bars: dict[str, tqdm[None]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for bar in self._bars.values():
            bar.close()

    def __call__(self, name: str, done: int, size: int) -> None:
        bar = self._bars.get(name)
        if bar is None:
            bar = self._bars[name] = tqdm(total=size, desc=Path(name).name, unit="B", unit_scale=True, leave=False)
        bar.update(done - bar.n)


VERB = Verb("import", "Bring CSV files into the store", configure, run)
