"""Charts: one module a picture, declared as CHART = ChartSpec(…); found by id, drawn in the drawing process.

This module imports no matplotlib: cards and the wiring may name charts without paying for the library.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from metrics.catalog import collect

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A picture that answers one question."""

    id: str
    """Frozen: pictures that wait to be drawn carry it."""
    draw: "Callable[[str, Mapping[str, Any]], Figure]"
    """Takes the finding (the picture's title) and the data, whose shape the chart's own docstring tells."""


def draw_png(chart_id: str, title: str, data: Mapping[str, Any]) -> bytes:
    """The picture as PNG; equal input gives equal bytes. KeyError: no chart has that id.

    The first call imports matplotlib, which takes most of a second: it belongs in the drawing process.
    """
    spec = collect(sys.modules[__name__], "CHART", ChartSpec)[chart_id]
    file = BytesIO()
    spec.draw(title, data).savefig(file, format="png", metadata={"Software": None}, pil_kwargs={"compress_level": 4})
    return file.getvalue()
