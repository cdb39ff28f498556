"""The answers to a survey: a column for each score, and below them the figure month by month with its margin.

Data: `scores` from the lowest to the highest, each with its `score`, `count` and `shown`, the count as people read it;
`groups` of scores that count alike, in the same order, each with its `label`, `shown` (its share), its `first` and
`last` score and its `tone`: good, bad or quiet; `trend` (null: too few months) with `months` (ISO days of their
begins), and for each of them `values`, `low` and `high` (exact numbers as text; null: no answer, or no margin) and
`shown`, and `running`: the last month is not over; `locale`; `labels`: `scores` and `trend`, the captions.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commands.ui import formats
from commands.ui.charts import ChartSpec
from commands.ui.charts._paper import (
    BLUE,
    GREY,
    QUIET,
    SMALL_SIZE,
    VERMILION,
    VERMILION_INK,
    along,
    bare,
    line,
    paper,
    runs,
    span_of,
    write,
)

INCHES_OF_SCORES: Final = 2.85
INCHES_OF_TREND: Final = 2.75
INCHES_OF_CAPTION: Final = 0.6
TONES: Final = {"good": BLUE, "bad": VERMILION, "quiet": GREY}
INKS: Final = {"good": BLUE, "bad": VERMILION_INK, "quiet": QUIET}
"""Dark enough for words."""


def draw(title: str, data: Mapping[str, Any]) -> Figure:
    """The columns under the names and shares of their groups, where there are any answers; the line under them."""
    trend, groups = data.get("trend"), data["groups"]
    heights = (INCHES_OF_SCORES if groups else 0.0, INCHES_OF_TREND if trend else 0.0)
    figure, left_over = paper(title, sum(heights) or INCHES_OF_CAPTION)
    inch = 1 / figure.get_size_inches()[1]
    below = left_over - heights[0] * inch
    if groups or not trend:
        write(figure, 0.03, left_over - 0.28 * inch, data["labels"]["scores"], color=QUIET, most=0.94)
    if groups:
        bottom = below + 0.15 * inch
        _columns(bare(figure, 0.03, bottom, 0.94, left_over - 0.4 * inch - bottom), data["scores"], groups)
    if trend:
        write(figure, 0.03, below - 0.23 * inch, data["labels"]["trend"], color=QUIET, most=0.94)
        _trend(bare(figure, 0.05, 0.5 * inch, 0.76, below - 0.85 * inch), trend, data["locale"])
    return figure


def _columns(axes: Axes, scores: Sequence[Mapping[str, Any]], groups: Sequence[Mapping[str, Any]]) -> None:
    """The tallest column takes a bit more than half of the height: the groups' names need the rest."""
    places = {score["score"]: place for place, score in enumerate(scores)}
    most = max((score["count"] for score in scores), default=0) or 1
    axes.set_xlim(-0.55, max(len(scores), 1) - 0.45)
    axes.set_ylim(-0.2 * most, 1.85 * most)
    axes.plot([-0.5, len(scores) - 0.5], [0, 0], color=GREY, linewidth=1, zorder=1)
    tones = ["quiet"] * len(scores)
    for group in groups:
        first, last = places[group["first"]], places[group["last"]]
        tone = group.get("tone", "")
        tones[first : last + 1] = [tone] * (last + 1 - first)
        _group(axes, group, (first, last), most)
    for place, (score, tone) in enumerate(zip(scores, tones, strict=True)):
        axes.bar(place, score["count"], width=0.78, color=TONES.get(tone, GREY), zorder=2)
        if score["count"]:
            write(axes, place, score["count"] + 0.03 * most, score["shown"], size=SMALL_SIZE, ha="center", va="bottom")
        write(axes, place, -0.04 * most, score["score"], size=SMALL_SIZE, color=QUIET, ha="center", va="top")


def _group(axes: Axes, group: Mapping[str, Any], places: tuple[int, int], most: int) -> None:
    """A line as wide as the group's columns, its name and share above it: the colour is told in words too."""
    first, last = places
    tone = group.get("tone", "")
    middle, room = (first + last) / 2, 0.94 * (last - first + 0.95) / (axes.get_xlim()[1] - axes.get_xlim()[0])
    axes.plot([first - 0.39, last + 0.39], [1.3 * most] * 2, color=TONES.get(tone, GREY), linewidth=4, zorder=2)
    ink = INKS.get(tone, QUIET)
    write(axes, middle, 1.6 * most, group["label"], size=SMALL_SIZE, color=ink, ha="center", va="bottom", most=room)
    write(axes, middle, 1.36 * most, group["shown"], color=ink, weight="bold", ha="center", va="bottom", most=room)


def _trend(axes: Axes, trend: Mapping[str, Any], locale: str) -> None:
    values, low, high = (_floats(trend[name]) for name in ("values", "low", "high"))
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    bottom, top = span_of([value for each in (values, low, high) for value in each if value is not None] or [0.0])
    axes.set_xlim(-0.5, max(len(values) - 0.6, 0.5))
    axes.set_ylim(bottom, top)
    if bottom < 0 < top:
        axes.axhline(0, color=QUIET, linewidth=1, zorder=1)
    for lower, upper in zip(runs(low), runs(high), strict=True):
        _margin(axes, lower, upper)
    line(axes, values, color=BLUE, last_open=bool(trend.get("running", False)))
    _points(axes, known, trend["shown"], top - bottom)
    names = [formats.month_short(date.fromisoformat(day), locale) for day in trend["months"]]
    along(axes, names, below=bottom - (top - bottom) * 0.04, every=1 if len(names) <= 6 else 2)


def _margin(axes: Axes, lower: Sequence[tuple[int, float]], upper: Sequence[tuple[int, float]]) -> None:
    """Of months that follow one another; a month by itself has one a bit wider than its dot."""
    places = [float(place) for place, _ in lower]
    lows, highs = [value for _, value in lower], [value for _, value in upper]
    if len(places) == 1:
        places, lows, highs = [places[0] - 0.15, places[0] + 0.15], lows * 2, highs * 2
    axes.fill_between(places, lows, highs, color=BLUE, alpha=0.18, linewidth=0, zorder=1)


def _points(axes: Axes, known: Sequence[tuple[int, float]], shown: Sequence[str], height: float) -> None:
    """The last value at the line's end, the highest and the lowest above and below it."""
    if not known:
        return
    last, value = known[-1]
    write(axes, last + 0.35, value, shown[last], color=BLUE, weight="bold", va="center", most=0.17)
    for extreme, away, side in ((max, 0.05, "bottom"), (min, -0.05, "top")):
        place, found = extreme(known, key=lambda point: point[1])
        if last - place > 1 and found != value:
            x, from_side = (place - 0.3, "left") if place == 0 else (place, "center")
            write(axes, x, found + away * height, shown[place], size=SMALL_SIZE, ha=from_side, va=side, most=0.2)


def _floats(exact: Sequence[str | int | None]) -> list[float | None]:
    return [None if value is None else float(Fraction(value)) for value in exact]


CHART = ChartSpec("survey_distribution", draw)
