from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from commands.ui.charts import draw_png
from tests.commands.ui.cards.answers import NASTY
from tests.commands.ui.charts.drawing import chart_of, drawn, texts, words


def part(value: int, label: str = "good", tone: str = "good") -> dict[str, Any]:
    return {"label": label, "value": value, "shown": str(value), "tone": tone}


def columns(*found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    told = [{"label": f"Window {number}", "total": "all", "parts": list(parts)} for number, parts in enumerate(found)]
    return {"columns": told, "labels": {"caption": "By health"}}


def test_each_part_has_its_name_and_its_value_and_each_column_its_total() -> None:
    said = words(drawn("stacked_columns", "Due", chart_of("stacked_columns").data))
    for word in ("$2K", "poor", "$228", "average", "$7.5K", "23 Nov to 23 Dec", "24 Dec to 22 Jan"):
        assert word in said


def test_names_of_thin_parts_do_not_overlap() -> None:
    thin = [part(1, "poor", "bad"), part(1, "average", ""), part(1, "unknown", "quiet"), part(1_000)]
    figure = drawn("stacked_columns", "Due", columns(thin, [part(9_000)], list(reversed(thin))))
    names = [text for text in texts(figure) if text.get_text() in {"poor", "average", "unknown", "good"}]
    boxes = [text.get_window_extent() for text in names]
    assert len(boxes) == 9
    assert not any(one.overlaps(other) for one, other in pairwise(boxes))


@pytest.mark.parametrize(
    "found",
    [
        (),
        ([], []),
        ([part(10**18, NASTY, "unheard of")],),
        ([part(1)], [], [part(1)], [part(1)], [part(1)]),
    ],
    ids=["nothing", "nothing due", "long", "too many"],
)
def test_they_take_any_data(found: tuple[list[dict[str, Any]], ...]) -> None:
    assert draw_png("stacked_columns", NASTY, columns(*found))
