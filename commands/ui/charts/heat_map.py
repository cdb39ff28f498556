"""Shares in rows and columns, the darker the higher: cohorts and how many of them are still there months later.

Data: `rows` and `columns`, their labels; `cells`, a row of shares in thousandths for each of `rows` (null: nothing to
say, which is left empty); `locale`; `labels`: `caption`, and `columns`, what the columns are (optional). Of more rows
than fit the last are shown, of more columns the first.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from commands.ui import formats
from commands.ui.charts import ChartSpec
from commands.ui.charts._paper import CARD, INK, LEAST_SIZE, QUIET, SMALL_SIZE, bare, paper, write

ROWS_MOST: Final = 14
COLUMNS_MOST: Final = 13
INCHES_OF_ROW: Final = 0.36
INCHES_AROUND: Final = 1.25
PALE: Final = (0xE8, 0xF1, 0xF8)
DEEP: Final = (0x00, 0x3F, 0x6B)
"""Nothing and everything: one hue from light to dark, which every eye and a grey print keep in order."""
WHITE_FROM: Final = 500
"""Thousandths from which on a cell is so dark that its number is written in white."""


def draw(title: str, data: Mapping[str, Any]) -> Figure:
    """A square of cells with their shares written into them."""
    rows, columns = data["rows"][-ROWS_MOST:], data["columns"][:COLUMNS_MOST]
    cells = [row[: len(columns)] for row in data["cells"][-ROWS_MOST:]]
    figure, left_over = paper(title, INCHES_AROUND + INCHES_OF_ROW * max(len(rows), 1))
    height = figure.get_size_inches()[1]
    write(figure, 0.03, left_over - 0.25 / height, data["labels"].get("caption", ""), color=QUIET, most=0.94)
    heads = data["labels"].get("columns", "")
    write(figure, 0.21, left_over - 0.6 / height, heads, size=SMALL_SIZE, color=QUIET, va="center", most=0.76)
    if rows and columns:
        bottom, top = 0.2 / height, left_over - 1.03 / height
        axes = bare(figure, 0.21, bottom, 0.76, top - bottom)
        axes.set_xlim(0, len(columns))
        axes.set_ylim(len(rows), 0)
        _labels(axes, rows, columns)
        _cells(axes, cells, data["locale"])
    return figure


def _labels(axes: Axes, rows: Sequence[str], columns: Sequence[str]) -> None:
    for place, label in enumerate(columns):
        write(
            axes, place + 0.5, -0.2, label, size=SMALL_SIZE, color=QUIET, ha="center", va="bottom",
            most=0.75 / len(columns),
        )  # fmt: skip
    for place, label in enumerate(rows):
        x = -0.24 * len(columns)
        write(axes, x, place + 0.5, label, size=SMALL_SIZE, va="center", most=0.175)


def _cells(axes: Axes, cells: Sequence[Sequence[int | None]], locale: str) -> None:
    for y, row in enumerate(cells):
        for x, permille in enumerate(row):
            if permille is None:
                continue
            color = _color(permille)
            axes.add_patch(Rectangle((x, y), 1, 1, facecolor=color, edgecolor=CARD, linewidth=2, zorder=1))
            ink = CARD if permille >= WHITE_FROM else INK
            text = formats.number(Fraction(permille, 10), locale)
            write(axes, x + 0.5, y + 0.5, text, size=LEAST_SIZE + 1, color=ink, ha="center", va="center", zorder=2)


def _color(permille: int) -> str:
    """Between PALE and DEEP; shares over the whole (MRR that grew) are as deep as it gets."""
    share = min(max(permille, 0), 1000)
    parts = (low + (high - low) * share // 1000 for low, high in zip(PALE, DEEP, strict=True))
    return "#" + "".join(f"{part:02X}" for part in parts)


CHART = ChartSpec("heat_map", draw)
