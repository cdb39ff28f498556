"""The accounts behind a figure as a CSV file that a spreadsheet opens without running anything in it."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from typing import Final, TypeAlias

from commands.core.metric_json import exact
from metrics.money import minor_digits
from metrics.types import Unit

FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a text that begins so for a formula."""

Cell: TypeAlias = str | int | Decimal | date | None


def csv_file(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The rows under their titles; in UTF-8 with the mark by which spreadsheets know it."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(titles)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def file_name(stem: str, key: str) -> str:
    """What a file about one account is called; `key` is whatever its source calls it."""
    safe = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in key)[:60]
    return f"{stem}-{safe}.csv"


def amount(minor: int, currency: str) -> Decimal:
    """Minor units as the amount a spreadsheet can add up."""
    return Decimal(minor).scaleb(-minor_digits(currency))


def figure_cell(value: int | Fraction | None, unit: Unit, currency: str) -> Cell:
    """A figure's value, exact: amounts in the currency's units, fractions as decimals; empty where there is none."""
    told = exact(value, unit, currency)
    if isinstance(told, dict):
        return amount(told["minor"], told["currency"])
    return Decimal(told) if isinstance(told, str) else told


def _guarded(cell: Cell) -> str:
    """Numbers and days as they are; a text that looks like a formula gets a sign in front that makes it a text."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_SIGNS) else cell
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
