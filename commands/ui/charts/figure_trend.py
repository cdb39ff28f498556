"""Figures of one unit over some months: up to three lines.

Data: `months` (ISO days of the months' begins); `series`, each with a `label`, the `values` month by month (whole
numbers, or exact ones as text: "3/8"; null: no answer), and `shown`, the same as people read them (optional: else they
are shown by `unit`, one of metrics.types.Unit, money as minor units of `currency`); `band`: lowest and highest
acceptable value (null: none); `running` (optional: the last month is not over); `locale`; `labels`: `caption`, and
`band` where there is one.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commands.ui import formats
from commands.ui.charts import ChartSpec
from commands.ui.charts._paper import (
    BLUE,
    GREEN,
    GREEN_INK,
    QUIET,
    SMALL_SIZE,
    VERMILION,
    along,
    apart,
    bare,
    line,
    paper,
    span_of,
    write,
)

INCHES: Final = 4.1
LOOKS: Final = ((BLUE, "-", "o"), (VERMILION, "--", "s"), (GREEN_INK, ":", "^"))
"""Colour, stroke and dots of each line: told apart without colours too."""
LEAST_SPAN: Final = 0.2
"""The axis spans at least this share of the largest value, so that ripples do not look like waves."""
FROM_ZERO: Final = 0.5
"""Where the lowest value is less than this share of the highest, the axis begins at zero."""


class _Line(NamedTuple):
    """One series, as it is drawn."""

    label: str
    values: Sequence[float | None]
    shown: Sequence[str]
    color: str
    style: str
    marker: str

    @property
    def known(self) -> list[tuple[int, float]]:
        """The places and values that there are."""
        return [(place, value) for place, value in enumerate(self.values) if value is not None]


def draw(title: str, data: Mapping[str, Any]) -> Figure:
    """The lines, named at their ends where there are several, over the shaded band."""
    figure, left_over = paper(title, INCHES)
    write(figure, 0.03, left_over - 0.07, data["labels"]["caption"], color=QUIET, most=0.94)
    lines = [_line(series, look, data) for series, look in zip(data["series"], LOOKS, strict=False)]
    lines = [each for each in lines if each.known]
    if not lines:
        return figure
    alone = len(lines) == 1
    below_caption = 0.13 + (0.065 if data.get("band") else 0.0)
    axes = bare(figure, 0.05, 0.12, 0.76 if alone else 0.62, left_over - 0.14 - below_caption)
    low, high = _limits(lines, data)
    axes.set_xlim(-0.5, max(len(data["months"]) - 0.6, 0.5))
    axes.set_ylim(low, high)
    _band(figure, axes, data, left_over)
    if low < 0 < high:
        axes.axhline(0, color=QUIET, linewidth=1, zorder=1)
    for each in lines:
        last_open = bool(data.get("running", False))
        line(axes, each.values, color=each.color, style=each.style, marker=each.marker, last_open=last_open)
    if alone:
        _points(axes, lines[0], high - low)
    else:
        _ends(axes, lines, len(data["months"]), (low, high))
    names = [formats.month_short(date.fromisoformat(day), data["locale"]) for day in data["months"]]
    along(axes, names, below=low - (high - low) * 0.04, every=1 if len(names) <= 6 else 2)
    return figure


def _line(series: Mapping[str, Any], look: tuple[str, str, str], data: Mapping[str, Any]) -> _Line:
    exact = [None if value is None else Fraction(value) for value in series["values"]]
    shown = series.get("shown") or [_shown(value, data) for value in exact]
    return _Line(series["label"], [None if value is None else float(value) for value in exact], shown, *look)


def _shown(value: Fraction | None, data: Mapping[str, Any]) -> str:
    locale = data["locale"]
    match data.get("unit"):
        case "money":
            return formats.short_money(value, data["currency"], locale)
        case "ratio":
            return formats.percent(value, locale)
        case "count":
            return formats.number(value, locale)
        case "mean":
            return formats.number(value, locale, 2)
    return formats.number(value, locale, 1)


def _limits(lines: Sequence[_Line], data: Mapping[str, Any]) -> tuple[float, float]:
    values = [value for each in lines for _, value in each.known]
    values += [float(Fraction(edge)) for edge in data.get("band") or ()]
    low, high = span_of(values)
    if (missing := LEAST_SPAN * max(map(abs, values)) - (high - low)) > 0:
        low, high = low - missing / 2, high + missing / 2
    if min(values) >= 0 and min(values) < FROM_ZERO * max(values):
        low = -0.06 * high
    return low, high


def _band(figure: Figure, axes: Axes, data: Mapping[str, Any], left_over: float) -> None:
    """The band, named below the caption where no line crosses it; the square is what it looks like."""
    if not data.get("band"):
        return
    axes.axhspan(*(float(Fraction(edge)) for edge in data["band"]), color=GREEN, alpha=0.16, linewidth=0, zorder=0)
    name = f"■ {data['labels'].get('band', '')}"
    write(figure, 0.03, left_over - 0.135, name, size=SMALL_SIZE, color=GREEN_INK, most=0.94)


def _points(axes: Axes, each: _Line, height: float) -> None:
    """A line by itself: its last value at its end, its highest and lowest above and below it."""
    known = each.known
    last, value = known[-1]
    write(axes, last + 0.35, value, each.shown[last], color=each.color, weight="bold", va="center", most=0.17)
    for extreme, away, side in ((max, 0.05, "bottom"), (min, -0.05, "top")):
        place, value = extreme(known, key=lambda point: point[1])
        if last - place > 1 and value != known[-1][1]:
            x, from_side = (place - 0.3, "left") if place == 0 else (place, "center")
            y = value + away * height
            write(axes, x, y, each.shown[place], size=SMALL_SIZE, ha=from_side, va=side, most=0.2)


def _ends(axes: Axes, lines: Sequence[_Line], months: int, limits: tuple[float, float]) -> None:
    """The lines' names with their last values, to the right of their ends and apart from each other."""
    low, high = limits
    height = high - low
    places = apart([each.known[-1][1] for each in lines], 0.24 * height, low + 0.1 * height, high - 0.1 * height)
    for each, y in zip(lines, places, strict=True):
        value = each.shown[each.known[-1][0]]
        write(axes, months - 0.45, y, value, color=each.color, weight="bold", va="bottom", most=0.26)
        write(
            axes, months - 0.45, y - 0.01 * height, each.label, color=each.color, va="top", size=SMALL_SIZE, most=0.29
        )


CHART = ChartSpec("figure_trend", draw)
