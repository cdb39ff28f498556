"""A chart for the tests: one pixel, no matplotlib."""

import base64
import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def draw_pixel(chart_id: str, title: str, data: Mapping[str, Any]) -> bytes:
    """The pixel; data may ask for a fault (`raise`), for the death of the process (`die`) or that it hangs (`hang`).

    `hang` is the path of a pipe that is opened once it does.
    """
    if data.get("raise"):
        raise ValueError(f"{chart_id} {title} cannot be drawn")
    if data.get("die"):
        os._exit(1)
    if "hang" in data:
        Path(data["hang"]).open("w").close()
        signal.pause()
    return PIXEL
