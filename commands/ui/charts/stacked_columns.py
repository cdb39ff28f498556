"""Amounts that are to come, column by column, each column made of parts that are named beside it.

Data: `columns` in order, each with its `label`, its `total` as people read it and its `parts` from the bottom up, each
with a `label`, a `value` (a whole number above 0), `shown`, the value as people read it, and optionally a `tone`: good,
bad or quiet; `labels`: `caption`.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commands.ui.charts import ChartSpec
from commands.ui.charts._paper import (
    BLUE,
    CARD,
    GREEN,
    GREEN_INK,
    GREY,
    QUIET,
    SMALL_SIZE,
    VERMILION,
    VERMILION_INK,
    apart,
    bare,
    paper,
    write,
)

COLUMNS_MOST: Final = 4
INCHES: Final = 3.8
TONES: Final = {"good": GREEN, "bad": VERMILION, "quiet": GREY}
INKS: Final = {"good": GREEN_INK, "bad": VERMILION_INK, "quiet": QUIET}
"""Dark enough for words."""
HALF: Final = 0.16
"""Of a column's width; the rest of its place is for the names of its parts."""
BETWEEN: Final = 0.19
"""From one name to the next, as a share of the highest column: two lines of the smallest writing."""


def draw(title: str, data: Mapping[str, Any]) -> Figure:
    """Columns from left to right, their totals above and the names of their parts at their right."""
    columns = data["columns"][:COLUMNS_MOST]
    figure, left_over = paper(title, INCHES)
    inch = 1 / figure.get_size_inches()[1]
    write(figure, 0.03, left_over - 0.25 * inch, data["labels"].get("caption", ""), color=QUIET, most=0.94)
    if columns:
        _columns(bare(figure, 0.03, 0.1 * inch, 0.94, left_over - 0.5 * inch), columns)
    return figure


def _columns(axes: Axes, columns: Sequence[Mapping[str, Any]]) -> None:
    most = max(sum(part["value"] for part in column["parts"]) for column in columns) or 1
    share = 0.94 / len(columns)
    axes.set_xlim(0, len(columns))
    axes.set_ylim(-0.17, 1.17)
    axes.plot([0, len(columns)], [0, 0], color=GREY, linewidth=1, zorder=1)
    for place, column in enumerate(columns):
        left, heights = place + 0.03, [part["value"] / most for part in column["parts"]]
        write(axes, left, -0.05, column["label"], size=SMALL_SIZE, color=QUIET, va="top", most=0.94 * share)
        top = sum(heights)
        write(axes, left, top + 0.03, column["total"], weight="bold", va="bottom", most=0.9 * share)
        _parts(axes, left, column["parts"], heights, 0.6 * share)


def _parts(axes: Axes, left: float, parts: Sequence[Mapping[str, Any]], heights: Sequence[float], most: float) -> None:
    """The parts of a column, and beside each its name and value; where they are thin the names move apart."""
    bottoms = [0.0, *accumulate(heights)]
    middles = [bottom + height / 2 for bottom, height in zip(bottoms, heights, strict=False)]
    for part, bottom, height in zip(parts, bottoms, heights, strict=False):
        color = TONES.get(part.get("tone", ""), BLUE)
        axes.bar(left, height, 2 * HALF, bottom, align="edge", color=color, edgecolor=CARD, linewidth=1.5, zorder=2)
    low = BETWEEN / 2
    for part, at in zip(parts, apart(middles, BETWEEN, low, max(1.0, low)), strict=True):
        ink = INKS.get(part.get("tone", ""), BLUE)
        beside = left + 2 * HALF + 0.03
        write(axes, beside, at, part["shown"], size=SMALL_SIZE, color=ink, va="bottom", weight="bold", most=most)
        write(axes, beside, at, part["label"], size=SMALL_SIZE, color=ink, va="top", most=most)


CHART = ChartSpec("stacked_columns", draw)
