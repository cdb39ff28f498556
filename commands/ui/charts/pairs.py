"""Two sides in some figures: a row a figure with a bar for either side, each row on a scale of its own.

Data: `sides`, their two names; `rows` in order, each with its `label` and `sides`, the two values: `value` (a whole
number, or an exact one as text: "3/8"; null: no answer) and `shown`, the value as people read it; `labels`: `caption`.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from commands.ui.charts import ChartSpec
from commands.ui.charts._paper import BLUE, GREY, INK, ORANGE, QUIET, SMALL_SIZE, bare, paper, write

ROWS_MOST: Final = 8
INCHES_OF_ROW: Final = 0.68
INCHES_AROUND: Final = 1.05
COLORS: Final = (ORANGE, BLUE)
"""One is light and one is dark, and the first side always stands above the second."""
NAMES: Final = 0.38
VALUES: Final = 0.29
"""Shares of the width that the figures' names and the values at the ends of the bars take."""
THICK: Final = 0.3


def draw(title: str, data: Mapping[str, Any]) -> Figure:
    """Rows from top to bottom under the names of the two sides."""
    rows = data["rows"][:ROWS_MOST]
    figure, left_over = paper(title, INCHES_AROUND + INCHES_OF_ROW * max(len(rows), 1))
    inch = 1 / figure.get_size_inches()[1]
    write(figure, 0.03, left_over - 0.2 * inch, data["labels"].get("caption", ""), color=QUIET, most=0.94)
    for place, (name, color) in enumerate(zip(data["sides"], COLORS, strict=False)):
        left, at = 0.03 + 0.47 * place, left_over - 0.65 * inch
        figure.add_artist(Rectangle((left, at), 0.02, 0.2 * inch, transform=figure.transFigure, color=color))
        write(figure, left + 0.03, at + 0.02 * inch, name, weight="bold", most=0.42)
    if rows:
        bottom, top = 0.1 * inch, left_over - 0.85 * inch
        _rows(bare(figure, 0.03, bottom, 0.94, top - bottom), rows)
    return figure


def _rows(axes: Axes, rows: Sequence[Mapping[str, Any]]) -> None:
    axes.set_xlim(0, 1)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    for place, row in enumerate(rows):
        write(axes, 0, place, row["label"], va="center", most=0.94 * NAMES - 0.02)
        _bars(axes, place, row["sides"])


def _bars(axes: Axes, place: int, sides: Sequence[Mapping[str, Any]]) -> None:
    """A bar from nothing to the value of either side; where there is no answer only that is said."""
    values = [None if side["value"] is None else float(Fraction(side["value"])) for side in sides]
    known = [value for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    unit = (1 - NAMES - VALUES) / ((high - low) or 1.0)
    zero = NAMES - low * unit
    for side, value, color, at in zip(sides, values, COLORS, (place - 0.2, place + 0.2), strict=True):
        length = (value or 0.0) * unit
        axes.barh(at, length, height=THICK, left=zero, color=color, zorder=2)
        end = zero + max(length, 0.0) + 0.015
        ink = QUIET if value is None else INK
        write(axes, end, at, side["shown"], size=SMALL_SIZE, color=ink, va="center", most=0.94 * VALUES - 0.015)
    axes.plot([zero, zero], [place - 0.42, place + 0.42], color=GREY, linewidth=1, zorder=1)


CHART = ChartSpec("pairs", draw)
