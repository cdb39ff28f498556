"""How much is lost each month: customers and MRR, against what is acceptable.

Data: `months` (ISO days of the months' begins) with their `logo` and `gross_mrr` churn in hundredths of a percent
(null: no answer); `band`: lowest and highest acceptable rate as shares (null: none); `running` (the last month is not
over);
`locale`; `labels`: `caption`, `logo`, `gross_mrr`, `band`.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commands.ui.charts import ChartSpec
from commands.ui.charts._paper import (
    BLUE,
    GREEN,
    GREEN_INK,
    QUIET,
    SMALL_SIZE,
    VERMILION,
    along,
    bare,
    line,
    paper,
    write,
)
from commands.ui.formats import month_short, percent

INCHES = 4.1
PERMYRIAD = 10_000
LEAST_TOP = 100
"""One percent: below that the axis ends no lower, so that tiny rates do not look like mountains."""


def draw(title: str, data: Mapping[str, Any]) -> Figure:
    """Two lines, named at their ends, over the shaded band."""
    figure, left_over = paper(title, INCHES)
    write(figure, 0.03, left_over - 0.07, data["labels"]["caption"], color=QUIET, most=0.94)
    axes = bare(figure, 0.05, 0.12, 0.64, left_over - 0.31)
    low, high = _limits(data)
    axes.set_xlim(-0.5, max(len(data["months"]) - 0.6, 0.5))
    axes.set_ylim(low, high)
    if data["band"]:
        axes.axhspan(*(PERMYRIAD * edge for edge in data["band"]), color=GREEN, alpha=0.16, linewidth=0, zorder=0)
        # Above the lines, which cross the band wherever they like; the square is what the band looks like.
        write(
            figure, 0.03, left_over - 0.135, f"■ {data['labels']['band']}", size=SMALL_SIZE, color=GREEN_INK, most=0.94
        )
    axes.axhline(0, color=QUIET, linewidth=1, zorder=1)
    line(axes, data["gross_mrr"], color=VERMILION, style="--", last_open=data.get("running", False))
    line(axes, data["logo"], color=BLUE, last_open=data.get("running", False))
    _names(axes, data, high - low)
    names = [month_short(date.fromisoformat(day), data["locale"]) for day in data["months"]]
    along(axes, names, below=low - (high - low) * 0.04, every=1 if len(names) <= 6 else 2)
    return figure


def _limits(data: Mapping[str, Any]) -> tuple[float, float]:
    values = [v for v in (*data["logo"], *data["gross_mrr"]) if v is not None]
    top = max([LEAST_TOP, *values, *(PERMYRIAD * edge for edge in data["band"] or ())])
    return min([0, *values]) - 0.03 * top, 1.12 * top


def _names(axes: Axes, data: Mapping[str, Any], height: float) -> None:
    """The lines' names with their last values, to the right of their ends and apart from each other."""
    ends = []
    for key, color in (("logo", BLUE), ("gross_mrr", VERMILION)):
        known = [v for v in data[key] if v is not None]
        if known:
            value = percent(Fraction(round(known[-1]), PERMYRIAD), data["locale"])
            ends.append([known[-1], f"{data['labels'][key]}\n{value}", color])
    ends.sort(key=lambda end: end[0])
    apart = 0.24 * height
    if len(ends) == 2 and ends[1][0] - ends[0][0] < apart:
        middle = max((ends[0][0] + ends[1][0]) / 2, apart / 2)
        ends[0][0], ends[1][0] = middle - apart / 2, middle + apart / 2
    for y, text, color in ends:
        _name(axes, len(data["months"]) - 0.5, y, text, color, height)


def _name(axes: Axes, x: float, y: float, text: str, color: str, height: float) -> None:
    name, value = text.split("\n")
    write(axes, x, y, value, color=color, weight="bold", va="bottom", most=0.24)
    write(axes, x, y - 0.01 * height, name, color=color, va="top", size=SMALL_SIZE, most=0.26)


CHART = ChartSpec("churn_rate", draw)
