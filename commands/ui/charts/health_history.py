"""How an account's health moved, and what happened meanwhile.

Data: `days` (ISO) with their `scores` (null: unknown); `good_from` and `average_from`, where the bands begin;
`events`, each with `day`, `label` and `kind`; `leap`, the largest change within a day (null: none worth telling), with
the `day` on which it was over, the scores `before` and `after` it and its `label`; `locale`; `labels`: `caption`,
`good`, `average`, `poor`.
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
    GREEN_INK,
    INK,
    ORANGE,
    ORANGE_INK,
    QUIET,
    SMALL_SIZE,
    VERMILION,
    VERMILION_INK,
    bare,
    paper,
    runs,
    write,
)
from commands.ui.formats import day_short

INCHES = 3.6
EVENT_INCHES = 0.3
MOST_EVENTS = 5
"""The latest of them; more would be a list, not a picture."""
DOT_WIDTH = 0.06
DOT_HEIGHT = 15.0
"""How near two dots may be, as a share of the days and in points of the score."""
LEAP_ROOM = 0.8
"""Up to this share of the days there is room for the label of a leap at its right."""
LABEL_HEIGHT = 10
"""Of a text, in points of the score."""
CIRCLED_ONE = 0x2460
"""① in Unicode; the others follow."""
DARK = {GREEN: GREEN_INK, ORANGE: ORANGE_INK, VERMILION: VERMILION_INK}


def draw(title: str, data: Mapping[str, Any]) -> Figure:
    """The line over the three bands; events are numbered on it and told below."""
    events = sorted(data["events"], key=lambda event: str(event["day"]))[-MOST_EVENTS:]
    inches = INCHES + EVENT_INCHES * len(events) + (0.1 if events else 0)
    figure, left_over = paper(title, inches)
    total = float(figure.get_figheight())
    told = (EVENT_INCHES * len(events) + (0.1 if events else 0)) / total
    write(figure, 0.03, left_over - 0.28 / total, data["labels"]["caption"], color=QUIET, most=0.94)
    bottom = told + 0.55 / total
    axes = bare(figure, 0.03, bottom, 0.94, left_over - 0.42 / total - bottom)
    days = [date.fromisoformat(day).toordinal() for day in data["days"]]
    _frame(axes, days, data)
    _scores(axes, days, data["scores"])
    _leap(axes, days, data.get("leap"))
    _dates(axes, days, data["locale"])
    _marks(axes, days, data["scores"], [date.fromisoformat(event["day"]).toordinal() for event in events])
    for number, event in enumerate(events, 1):
        y = told - EVENT_INCHES * (number - 0.5) / total
        when = day_short(date.fromisoformat(event["day"]), data["locale"])
        write(
            figure,
            0.03,
            y,
            f"{chr(CIRCLED_ONE + number - 1)} {when} · {event['label']}",
            size=SMALL_SIZE,
            va="center",
            most=0.94,
        )
    return figure


def _frame(axes: Axes, days: Sequence[int], data: Mapping[str, Any]) -> None:
    first, last = (days[0], days[-1]) if days else (0, 0)
    width = max(last - first, 1)
    axes.set_xlim(first - 0.02 * width, last + 0.34 * width)
    axes.set_ylim(0, 104)
    edges = (("poor", 0, data["average_from"], VERMILION), ("average", data["average_from"], data["good_from"], ORANGE))
    for name, low, high, color in (*edges, ("good", data["good_from"], 100, GREEN)):
        axes.axhspan(low, high, color=color, alpha=0.15, linewidth=0, zorder=0)
        label = data["labels"][name]
        write(axes, last + 0.33 * width, (low + high) / 2, label, color=DARK[color], ha="right", va="center", most=0.2)


def _scores(axes: Axes, days: Sequence[int], scores: Sequence[int | None]) -> None:
    known = [(day, score) for day, score in zip(days, scores, strict=True) if score is not None]
    for stretch in runs(scores):
        xs, ys = [days[place] for place, _ in stretch], [score for _, score in stretch]
        axes.plot(xs, ys, color=BLUE, linewidth=3.2, solid_capstyle="round", zorder=3)
    if not known:
        return
    day, score = known[-1]
    axes.plot([day], [score], "o", color=BLUE, markersize=11, markeredgecolor=CARD, zorder=5)
    width = axes.get_xlim()[1] - axes.get_xlim()[0]
    write(axes, day + 0.02 * width, score, str(score), color=BLUE, size=22, weight="bold", va="center")


def _leap(axes: Axes, days: Sequence[int], leap: Mapping[str, Any] | None) -> None:
    """The stretch of the line with the largest change in another colour, told where the line leaves room."""
    if leap is None or not days:
        return
    day, before, after = date.fromisoformat(leap["day"]).toordinal(), leap["before"], leap["after"]
    color, ink = (GREEN, GREEN_INK) if after > before else (VERMILION, VERMILION_INK)
    axes.plot([day - 1, day], [before, after], color=color, linewidth=5, solid_capstyle="round", zorder=4)
    early = day < days[0] + LEAP_ROOM * (days[-1] - days[0])
    x = day + 0.01 * (days[-1] - days[0]) if early else day - 1 - 0.01 * (days[-1] - days[0])
    above = early == (before > after)
    write(
        axes,
        x,
        min(max(before, after) + 1, 100 - LABEL_HEIGHT) if above else max(min(before, after) - 1, LABEL_HEIGHT),
        leap["label"],
        color=ink,
        weight="bold",
        ha="left" if early else "right",
        va="bottom" if above else "top",
        zorder=8,
    )


def _dates(axes: Axes, days: Sequence[int], locale: str) -> None:
    if not days:
        return
    write(axes, days[0], -4, day_short(date.fromordinal(days[0]), locale), size=SMALL_SIZE, color=QUIET, va="top")
    if days[-1] != days[0]:
        last = day_short(date.fromordinal(days[-1]), locale)
        write(axes, days[-1], -4, last, size=SMALL_SIZE, color=QUIET, va="top", ha="center")


def _marks(axes: Axes, days: Sequence[int], scores: Sequence[int | None], events: Sequence[int]) -> None:
    """Numbered dots where the line was on the events' days, halfway up where the score was not known.

    A dot that would cover another one stands below it.
    """
    dots: list[tuple[int, float]] = []
    for number, day in enumerate(events, 1):
        if not days or not days[0] <= day <= days[-1]:
            continue
        score = scores[min(range(len(days)), key=lambda place: abs(days[place] - day))]
        near = [height for other, height in dots if day - other < DOT_WIDTH * (days[-1] - days[0])]
        height = _free(50.0 if score is None else float(score), near)
        dots.append((day, height))
        axes.plot([day, day], [0, 100], color=INK, linewidth=1.2, linestyle=":", zorder=2)
        axes.plot([day], [height], "o", color=INK, markersize=17, markeredgecolor=CARD, zorder=6)
        write(axes, day, height, str(number), color=CARD, size=12, weight="bold", ha="center", va="center", zorder=7)


def _free(height: float, taken: Sequence[float]) -> float:
    """The first height at or below `height`, else above it, at which a dot covers none of those `taken`."""
    steps = [height - DOT_HEIGHT * step for step in range(7)] + [height + DOT_HEIGHT * step for step in range(1, 7)]
    free = [one for one in steps if 0 < one <= 100 and all(abs(one - other) >= DOT_HEIGHT for other in taken)]
    return free[0] if free else height


CHART = ChartSpec("health_history", draw)
