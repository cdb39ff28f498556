import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import active_children
from multiprocessing.connection import wait
from pathlib import Path

import pytest

from bot.chart_files import content_key
from bot.drawing import Drawing
from commands.core.reply import Chart, Paper
from commands.ui.charts import draw_png
from tests.bot.pixel import PIXEL, draw_pixel


def chart(**data: object) -> Chart:
    return Chart("test_chart", "A finding", "alt", data)


@pytest.fixture(scope="module")
def drawing() -> Iterator[Drawing]:
    drawing = Drawing(draw_pixel)
    yield drawing
    drawing.close()


def test_a_chart_is_drawn_in_another_process(drawing: Drawing) -> None:
    assert drawing.png(chart()) == PIXEL


def test_a_chart_that_cannot_be_drawn_is_none_and_the_next_one_is_drawn(drawing: Drawing) -> None:
    assert drawing.png(chart(**{"raise": True})) is None
    assert drawing.png(chart()) == PIXEL


def test_a_process_that_dies_is_started_again(drawing: Drawing) -> None:
    assert drawing.png(chart(die=True)) is None
    assert drawing.png(chart()) == PIXEL


def test_a_chart_that_takes_too_long_does_not_keep_its_process(tmp_path: Path) -> None:
    before, pipe = set(active_children()), tmp_path / "pipe"
    os.mkfifo(pipe)
    hurried = Drawing(draw_pixel, patience_seconds=0.01)
    assert hurried.png(chart(hang=str(pipe))) is None
    for process in set(active_children()) - before:
        assert wait([process.sentinel], 10)  # join() may lose the race for its exit code against the pool's own thread


def test_closing_ends_charts_that_hang_and_those_behind_them(tmp_path: Path) -> None:
    drawing, pipe = Drawing(draw_pixel), tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(5) as threads:
        drawn = [threads.submit(drawing.png, chart(hang=str(pipe))) for _ in range(4)]
        pipe.open().close()
        threads.submit(drawing.close).result(10)
        assert [each.result(10) for each in drawn] == [None] * 4
    assert drawing.png(chart()) is None


def test_nothing_is_started_before_the_first_chart_and_closing_is_harmless() -> None:
    Drawing(draw_png).close()


def test_equal_charts_have_one_key() -> None:
    assert content_key(chart(a=1, b=2)) == content_key(chart(b=2, a=1))
    assert content_key(chart(a=1)) != content_key(chart(a=2))


@pytest.mark.slow
def test_this_process_does_not_import_the_library() -> None:
    """In a fresh interpreter, as other tests of this one draw."""
    import subprocess

    code = "import sys, bot.serving, bot.build; raise SystemExit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_paper_becomes_a_pdf_with_the_charts_that_could_be_drawn(drawing: Drawing) -> None:
    blocks = [{"kind": "chart", "picture": number, "alt": "", "width": 0.5} for number in (0, 1)]
    data = {"title": "T", "subtitle": "S", "about": "", "page": "", "language": "en", "made_on": "2026-11-23"}
    pdf = drawing.pdf(Paper(data | {"blocks": blocks}, (chart(), chart(**{"raise": True}))))
    assert pdf is not None
    assert pdf.startswith(b"%PDF")
    assert b"/Subtype /Image" in pdf
    assert drawing.pdf(Paper(data | {"blocks": blocks[:1]}, (chart(),))) == pdf


def test_a_paper_that_cannot_be_laid_out_is_none(drawing: Drawing) -> None:
    assert drawing.pdf(Paper({})) is None
    assert drawing.png(chart()) == PIXEL
