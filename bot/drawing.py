"""Draws charts and lays out pages in one process of its own, started when the first is asked for.

It is the only one that imports matplotlib and the PDF library.
"""

import logging
import signal
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from threading import Lock
from typing import Any, TypeAlias

from commands.core.reply import Chart, Paper
from commands.ui.charts import draw_png
from commands.ui.pages import lay_out

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 30.0
"""A chart that takes longer, the library's import included, is given up."""

Draw: TypeAlias = Callable[[str, str, Mapping[str, Any]], bytes]
LayOut: TypeAlias = Callable[[Mapping[str, Any], Sequence[bytes | None]], bytes]


class Drawing:
    """Charts to PNG, papers to PDF. A process that dies is started again."""

    def __init__(self, draw: Draw, patience_seconds: float = PATIENCE_SECONDS, set_pages: LayOut = lay_out) -> None:
        """`draw` (id, title, data → PNG) and `set_pages` are functions of modules, so that the process finds them."""
        self._draw = draw
        self._set_pages = set_pages
        self._patience_seconds = patience_seconds
        self._lock = Lock()
        self._closed = False
        self._process: ProcessPoolExecutor | None = None

    def png(self, chart: Chart) -> bytes | None:
        """The picture; None if it could not be drawn, which the log tells and nobody else has to know."""
        return self._made(f"the chart {chart.id}", self._draw, chart.id, chart.title, dict(chart.data))

    def pdf(self, paper: Paper) -> bytes | None:
        """The pages with their charts, those that could not be drawn left out; None if there are no pages.

        Each chart is drawn by itself, so that charts that others wait for come in between.
        """
        pictures = [self.png(chart) for chart in paper.charts]
        return self._made("a PDF", self._set_pages, dict(paper.data), pictures)

    def _made(self, what: str, make: Callable[..., bytes], *given: object) -> bytes | None:
        """What `make` makes of it in the process; None if it fails or takes too long."""
        error: BaseException | None = None
        for _ in range(2):
            process = self._started()
            if process is None:
                break
            try:
                made = process.submit(make, *given)
                error = made.exception(self._patience_seconds)
                if error is None:
                    return made.result()
                if not isinstance(error, BrokenProcessPool):
                    break
            except (CancelledError, RuntimeError, TimeoutError) as fault:
                error = fault  # too slow, or given up meanwhile because of another one
            self._give_up(process)
        logger.error("%s could not be drawn", what, exc_info=error)
        return None

    def close(self) -> None:
        """End the process; a chart that is being drawn is lost."""
        with self._lock:
            self._closed = True
            process, self._process = self._process, None
        if process is not None:
            _kill(process)

    def _started(self) -> ProcessPoolExecutor | None:
        """None: closed, so none is started any more."""
        with self._lock:
            if self._process is None and not self._closed:
                self._process = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_leave_signals)
            return self._process

    def _give_up(self, process: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._process is not process:
                return  # somebody else has ended it
            self._process = None
        _kill(process)


def drawn_apart(paper: Paper) -> bytes | None:
    """The PDF, drawn in a process that ends with it: once a month nobody keeps the libraries in memory."""
    drawing = Drawing(draw_png)
    try:
        return drawing.pdf(paper)
    finally:
        drawing.close()


def _kill(process: ProcessPoolExecutor) -> None:
    """End it whatever it is doing: a mere shutdown would wait for a chart that hangs."""
    workers = tuple((process._processes or {}).values())  # noqa: SLF001 - Python has kill_workers from 3.14 on only
    process.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.kill()


def _leave_signals() -> None:
    """Ctrl-C reaches the whole terminal; the parent decides when the drawing process ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
