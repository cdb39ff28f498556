"""Where MRR stands at the end of each week, and what every week brought and took.

Data: `weeks` (ISO days of the weeks' last days) with their closing `mrr`, `gains` and `losses`, all in minor
units and none negative; `currency`; `locale`; `labels`: `line`, `bars`, `gains` and `losses`, the captions.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commands.ui.charts import ChartSpec
from commands.ui.charts._paper import (
    BLUE,
    GREEN,
    GREEN_INK,
    GREY,
    QUIET,
    VERMILION,
    VERMILION_INK,
    along,
    bare,
    line,
    paper,
    span_of,
    write,
)
from commands.ui.formats import day_short, short_money

INCHES = 4.9
_LEFT, _WIDTH = 0.03, 0.94
_ROOM_BEFORE, _ROOM_AFTER = 0.24, 0.3
"""Shares of the weeks' width that are kept free for the values at both ends."""


def draw(title: str, data: Mapping[str, Any]) -> Figure:
    """The line above, the bars of the same weeks below it."""
    figure, top = paper(title, INCHES)
    write(figure, 0.03, top - 0.05, data["labels"]["line"], color=QUIET, most=0.94)
    _line(bare(figure, _LEFT, 0.56, _WIDTH, top - 0.64), data)
    write(figure, 0.03, 0.47, data["labels"]["bars"], color=QUIET, most=0.94)
    _bars(bare(figure, _LEFT, 0.1, _WIDTH, 0.33), data)
    return figure


def _along_weeks(axes: Axes, count: int) -> None:
    axes.set_xlim(-0.5 - _ROOM_BEFORE * count, count - 0.5 + _ROOM_AFTER * count)


def _line(axes: Axes, data: Mapping[str, Any]) -> None:
    values = data["mrr"]
    _along_weeks(axes, len(values))
    axes.set_ylim(*span_of(values, room=0.25))
    line(axes, values, color=BLUE)
    first, last = (short_money(values[place], data["currency"], data["locale"]) for place in (0, -1))
    write(axes, -0.4, values[0], first, ha="right", va="center")
    write(axes, len(values) - 0.6, values[-1], last, ha="left", va="center", weight="bold")


def _bars(axes: Axes, data: Mapping[str, Any]) -> None:
    gains, losses = data["gains"], data["losses"]
    count, most = len(gains), max((*gains, *losses, 1))
    _along_weeks(axes, count)
    low, high = -1.3 * max((*losses, most / 4)), 1.3 * max((*gains, most / 4))
    axes.set_ylim(low, high)
    axes.bar(range(count), gains, width=0.66, color=GREEN, zorder=2)
    axes.bar(range(count), [-loss for loss in losses], width=0.66, color=VERMILION, hatch="//", edgecolor="white")
    axes.plot([-0.5, count - 0.5], [0, 0], color=GREY, linewidth=1.5, zorder=3)
    for side, amounts, ink in ((1, gains, GREEN_INK), (-1, losses, VERMILION_INK)):
        label = data["labels"]["gains" if side > 0 else "losses"]
        write(
            axes, -0.7, side * most * 0.12, label, ha="right", va="bottom" if side > 0 else "top", color=ink, most=0.13
        )
        text = short_money(side * amounts[-1], data["currency"], data["locale"])
        if amounts[-1]:
            text = f"+{text}" if side > 0 else text
            at = "bottom" if side > 0 else "top"
            write(axes, count - 0.4, side * most * 0.06, text, ha="left", va=at, color=ink, weight="bold", most=0.17)
    names = [day_short(date.fromisoformat(day), data["locale"]) for day in data["weeks"]]
    along(axes, names, below=low, every=4)


CHART = ChartSpec("mrr_weeks", draw)
