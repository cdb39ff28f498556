"""Data for tests: files of the data contract, imports with a fixed clock, what a store holds."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from storage.load import load
from storage.report import LoadReport
from storage.schema import metadata

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")


def write_csv(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """A CSV file whose header is made of the first row's keys."""
    ordered = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(ordered[0]))
        writer.writeheader()
        writer.writerows(ordered)
    return path


def write_text(path: Path, *lines: str) -> Path:
    """A file of these lines."""
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def accounts(*keys: str, **values: object) -> list[dict[str, object]]:
    """Rows of accounts that have just what is required, and `values`."""
    return [{"account_id": key, "name": f"Customer {key}", **values} for key in keys]


def subscription(key: str = "s1", account: str = "a1", **values: object) -> dict[str, object]:
    """A row of subscriptions: 100 EUR a month since January unless `values` says otherwise."""
    return {
        "subscription_id": key,
        "account_id": account,
        "product": "Core",
        "plan": "Basic",
        "quantity": 1,
        "amount": "100.00",
        "currency": "EUR",
        "interval": "month",
        "started_on": "2026-01-01",
        "ended_on": "",
        "end_reason": "",
        **values,
    }


def import_files(engine: Engine, *paths: Path | str, **options: Any) -> LoadReport:
    """Load files as a company in Madrid that reports in euros."""
    defaults: dict[str, Any] = {"zone": MADRID, "home_currency": "EUR", "now": NOW}
    return load(engine, paths, **(defaults | options))


def counts(report: LoadReport) -> tuple[int, int, int, int, int]:
    """Read, new, changed, unchanged and rejected of the last file."""
    file = report.files[-1]
    return (file.read, file.new, file.changed, file.unchanged, file.rejected)


def complaints(report: LoadReport) -> list[tuple[int | None, str | None, str, str]]:
    """Line, column, what is wrong (in English) and value of every problem of all files."""
    return [
        (problem.line, problem.column, problem.what.text.format(**problem.what.values), problem.value)
        for file in report.files
        for problem in file.problems
    ]


def contents(engine: Engine) -> dict[str, list[Sequence[Any]]]:
    """Everything a store holds: the rows of every table, in order."""
    with engine.connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
            for name, table in metadata().tables.items()
        }


def stored(engine: Engine, sql: str) -> list[Sequence[Any]]:
    """The rows that a question in SQL gives."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]
