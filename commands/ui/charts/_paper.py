"""What all pictures share: the card they are drawn on, its colours, and the only way to write on it.

A picture is 720 logical pixels wide and shown at half of that on a phone, so nothing is written smaller than 14 points.
The card is white with a thin edge on Slack's light and dark themes alike. Colours are Okabe and Ito's, which
people see apart whatever their colour vision; nothing is told by colour alone.
"""

import re
from collections.abc import Sequence
from functools import cache
from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import Rectangle
from matplotlib.text import Text

WIDTH = 7.2
"""Inches; 100 logical pixels each."""
DPI = 140

CARD = "#FFFFFF"
INK = "#1D1C1D"
QUIET = "#616061"
EDGE = "#DDDDDD"
BLUE = "#0072B2"
VERMILION = "#D55E00"
GREEN = "#009E73"
ORANGE = "#E69F00"
GREY = "#8A8A8A"
GREEN_INK = "#00664B"
ORANGE_INK = "#7A5200"
VERMILION_INK = "#A34700"
"""Dark enough to be read on a card tinted with their colour."""

TITLE_SIZE = 19
TEXT_SIZE = 15
SMALL_SIZE = 14
LEAST_SIZE = 12
"""Below this a text that is too wide is cut, not shrunk."""

_FONT = "DejaVu Sans"
_SPACES = re.compile(r"[ \t\r\n\v\f]+")
"""Not the no-break spaces that hold an amount and its currency together."""
_LINE = 46
"""Letters of a title that surely fit on a line."""
_INCH_OF_LINE = 0.33


def font_file(*, bold: bool = False) -> str:
    """The path of the bundled font, for pages that are to look like the pictures on them."""
    return findfont(FontProperties(family=_FONT, weight="bold" if bold else "normal"))


@cache
def _glyphs() -> frozenset[int]:
    """Every character that the bundled font can draw."""
    return frozenset(get_font(findfont(_FONT)).get_charmap())


def clean(text: str) -> str:
    """The text on one line, with □ for what the font has no shape for (emoji, Chinese): a warning less, a box more."""
    known = _glyphs()
    shown = "".join(c if ord(c) in known or c.isspace() else "□" for c in text)
    return _SPACES.sub(" ", shown).strip(" ")


def _title_lines(title: str) -> list[str]:
    return wrap(clean(title), _LINE, max_lines=2, placeholder="…") or [""]


def paper(title: str, inches: float) -> tuple[Figure, float]:
    """An empty card with its title; `inches` is the height of what goes below it.

    Returns the figure and the fraction of its height that is left below the title.
    """
    lines = _title_lines(title)
    head = 0.25 + _INCH_OF_LINE * len(lines)
    height = head + inches
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=CARD)
    FigureCanvasAgg(figure)
    figure.add_artist(Rectangle((0, 0), 1, 1, transform=figure.transFigure, fill=False, edgecolor=EDGE, linewidth=2))
    for number, line in enumerate(lines):
        y = 1 - (0.16 + _INCH_OF_LINE * number) / height
        write(figure, 0.03, y, line, size=TITLE_SIZE, weight="bold", va="top", most=0.94)
    return figure, 1 - head / height


def write(on: Figure | Axes, x: float, y: float, text: str, *, most: float | None = None, **style: Any) -> Text:  # noqa: ANN401
    """Write a text as it stands: no mathematics in it, whatever a customer is called.

    `most` is the largest share of the card's width that it may take: it is shrunk, then cut.
    """
    written = on.text(
        x, y, clean(text), parse_math=False, **{"size": TEXT_SIZE, "color": INK, "family": _FONT, **style}
    )
    if most is not None:
        _fit(written, most * WIDTH * DPI)
    return written


def _fit(text: Text, pixels: float) -> None:
    width = text.get_window_extent().width
    if width <= pixels:
        return
    size = max(LEAST_SIZE, 0.98 * float(text.get_fontsize()) * pixels / width)  # letters do not shrink evenly
    text.set_fontsize(size)
    whole = text.get_text()
    keep = len(whole)
    while keep > 1 and text.get_window_extent().width > pixels:
        keep = int(keep * 0.9)
        text.set_text(whole[:keep].rstrip() + "…")


def bare(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Axes without frame, ticks or labels: what has to be known is written where it is."""
    axes = figure.add_axes((left, bottom, width, height))
    axes.set_facecolor("none")
    axes.axis("off")
    return axes


def runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """The stretches of known values with their places: a gap in the data stays a gap in the line."""
    found: list[list[tuple[int, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None or value != value:  # NaN is unequal to itself
            found.append([])
        else:
            found[-1].append((place, value))
    return [stretch for stretch in found if stretch]


def line(
    axes: Axes,
    values: Sequence[float | None],
    *,
    color: str,
    style: str = "-",
    marker: str = "o",
    last_open: bool = False,
) -> None:
    """A line through the known values with a dot on each; `last_open`: the last one is not final yet."""
    for stretch in runs(values):
        xs, ys = [x for x, _ in stretch], [y for _, y in stretch]
        axes.plot(xs, ys, color=color, linewidth=3, linestyle=style, marker=marker, markersize=8, zorder=3)
    if last_open and values and values[-1] is not None:
        axes.plot([len(values) - 1], [values[-1]], marker, color=color, markersize=8, markerfacecolor=CARD, zorder=4)


def apart(places: Sequence[float], distance: float, low: float, high: float) -> list[float]:
    """The places in the same order, moved as little as it takes to be `distance` apart, between `low` and `high`."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    found = [0.0] * len(places)
    last = low - distance
    for index in order:
        last = found[index] = max(places[index], last + distance)
    last = high + distance
    for index in reversed(order):
        last = found[index] = min(found[index], last - distance)
    return found


def span_of(values: Sequence[float], *, room: float = 0.18) -> tuple[float, float]:
    """Where an axis begins and ends so that all values have air around them, even one alone or all equal."""
    low, high = min(values), max(values)
    air = (high - low) * room or abs(high) * room or 1.0
    return low - air, high + air


def along(axes: Axes, labels: Sequence[str], *, below: float, every: int = 1) -> None:
    """Labels under the places 0, 1, 2 … of an axis; with `every` n only each nth, counted back from the last."""
    last = len(labels) - 1
    for place, label in enumerate(labels):
        if (last - place) % every == 0:
            write(axes, place, below, label, size=SMALL_SIZE, color=QUIET, ha="center", va="top")
