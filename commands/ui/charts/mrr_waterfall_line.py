"""How MRR got from its opening to its closing, and where that stands in twelve months.

Data: `steps` in order, each with `label`, `kind` (opening, closing or a movement's) and `minor` (signed; the total for
opening and closing); `months` (ISO days of the months' begins) with their closing `mrr` in minor units;
`currency`; `running` (the last month is not over); `locale`; `labels`: `waterfall` and `line`, the two captions.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commands.ui.charts import ChartSpec
from commands.ui.charts._paper import (
    BLUE,
    CARD,
    GREEN,
    GREY,
    INK,
    QUIET,
    VERMILION,
    along,
    bare,
    line,
    paper,
    span_of,
    write,
)
from commands.ui.formats import month_short, short_money

INCHES = 6.4
TOTALS = ("opening", "closing")
CUT_BELOW = 0.5
"""The bars begin at zero unless every level is at least this share of the highest; then they are cut, and show it."""


def draw(title: str, data: Mapping[str, Any]) -> Figure:
    """Bars from top to bottom above, the line of months below."""
    figure, left_over = paper(title, INCHES)
    top = left_over - 0.055
    write(figure, 0.03, top, data["labels"]["waterfall"], color=QUIET, most=0.94)
    _waterfall(bare(figure, 0.03, 0.42, 0.94, top - 0.43), data)
    write(figure, 0.03, 0.36, data["labels"]["line"], color=QUIET, most=0.94)
    _months(bare(figure, 0.09, 0.09, 0.78, 0.21), data)
    return figure


def _spans(steps: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """From where to where each bar reaches; totals from zero."""
    level, spans = 0, []
    for step in steps:
        before = 0 if step["kind"] in TOTALS else level
        level = before + step["minor"]
        spans.append((before, level))
    return spans


def _start(spans: Sequence[tuple[int, int]]) -> float:
    """Where the axis begins: at zero, or just below the lowest level if the movements could not be seen otherwise."""
    levels = [after for _, after in spans]
    low, high = min(levels), max(levels)
    if low <= 0 or low < CUT_BELOW * high or low == high:
        return float(min(low, 0))
    return max(0.0, low - (high - low) * 0.6)


def _waterfall(axes: Axes, data: Mapping[str, Any]) -> None:
    steps, spans = data["steps"], _spans(data["steps"])
    start, end = _start(spans), max(max(pair) for pair in spans)
    width = (end - start) or 1.0
    # The left third is for the labels, the right quarter for the values.
    axes.set_xlim(start - 0.62 * width, end + 0.5 * width)
    axes.set_ylim(len(steps) - 0.5, -0.5)
    for row, (step, (before, after)) in enumerate(zip(steps, spans, strict=True)):
        total = step["kind"] in TOTALS
        first, last = max(min(before, after), start), max(before, after)
        axes.barh(row, last - first, left=first, height=0.66, color=_color(step), zorder=2)
        if total and start > 0:
            _cut(axes, start + 0.06 * width, row)
        if row:
            axes.plot([spans[row - 1][1]] * 2, [row - 0.67, row - 0.33], color=GREY, linewidth=1.5, zorder=1)
        write(
            axes, start - 0.6 * width, row, step["label"], va="center", most=0.27, weight="bold" if total else "normal"
        )
        value = short_money(step["minor"], data["currency"], data["locale"])
        value = f"+{value}" if step["minor"] > 0 and not total else value
        write(axes, last + 0.02 * width, row, value, va="center", weight="bold" if total else "normal", most=0.22)


def _color(step: Mapping[str, Any]) -> str:
    if step["kind"] in TOTALS:
        return INK
    return GREEN if step["minor"] >= 0 else VERMILION


def _cut(axes: Axes, x: float, row: int) -> None:
    """A slanted gap: this bar does not begin at zero."""
    width = axes.get_xlim()[1] - axes.get_xlim()[0]
    axes.plot([x, x + 0.012 * width], [row + 0.4, row - 0.4], color=CARD, linewidth=4, zorder=3)


def _months(axes: Axes, data: Mapping[str, Any]) -> None:
    values: list[float | None] = data["mrr"]
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if not known:
        return
    low, high = span_of([value for _, value in known], room=0.25)
    count = len(values)
    axes.set_xlim(-0.22 * count - 0.1, 1.2 * count - 0.4)  # room at both ends for the first and the last value
    axes.set_ylim(low, high)
    line(axes, values, color=BLUE, last_open=data["running"])
    (first, opening), (last, closing) = known[0], known[-1]
    if first != last:
        text = short_money(int(opening), data["currency"], data["locale"])
        write(axes, first - 0.03 * count, opening, text, ha="right", va="center")
    text = short_money(int(closing), data["currency"], data["locale"])
    write(axes, last + 0.03 * count, closing, text, ha="left", va="center", weight="bold")
    names = [month_short(date.fromisoformat(day), data["locale"]) for day in data["months"]]
    along(axes, names, below=low - (high - low) * 0.06, every=1 if len(names) <= 8 else 2)


CHART = ChartSpec("mrr_waterfall_line", draw)
