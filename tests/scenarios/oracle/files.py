"""CSV files of the data contract, written at random and read back as plain values: what both sides begin with."""

import csv
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

HOME: Final = "EUR"
DECIMALS: Final = {"EUR": 2, "USD": 2, "JPY": 0}
ZONE: Final = ZoneInfo("Europe/Madrid")
FIRST, LAST = date(2023, 11, 1), date(2026, 10, 31)
"""36 months."""

Value: TypeAlias = int | Fraction | None
"""What a figure is; None: it has no answer."""
Record: TypeAlias = Mapping[str, Any]
"""A row of a file: days, moments, whole numbers and truths by the columns' names, amounts in minor units, else texts.

An empty cell is None.
"""

_DAYS: Final = ("day", "_on")
_MOMENTS: Final = ("_at",)
_COUNTS: Final = ("score", "customer_contacts", "sent", "opened", "clicked", "sessions", "events")
_TRUTHS: Final = ("is_poc", "escalated", "anonymous")


def write(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """A file whose header is made of the first row's keys; none where there are no rows."""
    ordered = list(rows)
    if not ordered:
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(ordered[0]))
        writer.writeheader()
        writer.writerows(ordered)


def texts(path: Path) -> list[dict[str, str]]:
    """The rows of a file as they stand there; none where there is no such file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def records(path: Path) -> list[Record]:
    """The rows of a file as values, in the order in which they stand there."""
    return [{name: _value(name, text, row) for name, text in row.items()} for row in texts(path)]


def _value(name: str, text: str, row: Mapping[str, str]) -> Any:
    if not text:
        return None
    if name.endswith(_DAYS):
        return date.fromisoformat(text)
    if name.endswith(_MOMENTS):
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).astimezone(UTC)
    if name in _COUNTS:
        return int(text)
    if name in _TRUTHS:
        return text == "true"
    if name == "amount":
        return int(Fraction(text) * 10 ** DECIMALS[row["currency"]])
    return text
