"""Some things beside each other: a bar each, the longest that there are first as the card wants them.

Data: `rows` in order, each with a `label`, its `value` (a whole number, or an exact one as text: "3/8"; null: no
answer), `shown`, the value as people read it, and optionally `tone`: good, bad or quiet; `labels`: `caption`.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commands.ui.charts import ChartSpec
from commands.ui.charts._paper import BLUE, GREEN, GREY, QUIET, VERMILION, bare, paper, write

ROWS_MOST: Final = 12
INCHES_OF_ROW: Final = 0.44
INCHES_AROUND: Final = 0.75
TONES: Final = {"good": GREEN, "bad": VERMILION, "quiet": GREY}


def draw(title: str, data: Mapping[str, Any]) -> Figure:
    """Bars from top to bottom, named at the left, with their values at their ends."""
    rows = data["rows"][:ROWS_MOST]
    inches = INCHES_AROUND + INCHES_OF_ROW * max(len(rows), 1)
    figure, left_over = paper(title, inches)
    height = figure.get_size_inches()[1]
    write(figure, 0.03, left_over - 0.25 / height, data["labels"].get("caption", ""), color=QUIET, most=0.94)
    if rows:
        bottom, top = 0.2 / height, left_over - 0.45 / height
        _bars(bare(figure, 0.03, bottom, 0.94, top - bottom), rows)
    return figure


def _bars(axes: Axes, rows: list[Mapping[str, Any]]) -> None:
    values = [None if row["value"] is None else float(Fraction(row["value"])) for row in rows]
    known = [value for value in values if value is not None]
    start, end = min([0.0, *known]), max([0.0, *known])
    width = (end - start) or 1.0
    # The left third is for the names, the right sixth for the values.
    axes.set_xlim(start - 0.66 * width, end + 0.4 * width)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.plot([0, 0], [-0.45, len(rows) - 0.55], color=GREY, linewidth=1, zorder=1)
    for place, (row, value) in enumerate(zip(rows, values, strict=True)):
        write(axes, start - 0.655 * width, place, row["label"], va="center", most=0.29)
        axes.barh(place, value or 0.0, height=0.62, color=TONES.get(row.get("tone", ""), BLUE), zorder=2)
        at = max(value or 0.0, 0.0) + 0.02 * width
        write(axes, at, place, row["shown"], va="center", weight="bold", most=0.17)


CHART = ChartSpec("bars", draw)
