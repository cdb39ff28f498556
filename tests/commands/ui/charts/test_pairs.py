from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pytest
from matplotlib.patches import Rectangle

from commands.ui.charts import draw_png
from tests.commands.ui.cards.answers import NASTY
from tests.commands.ui.charts.drawing import drawn, texts, words


def row(label: str, first: int | str | None, second: int | str | None) -> dict[str, Any]:
    sides = [{"value": value, "shown": "n/a" if value is None else str(value)} for value in (first, second)]
    return {"label": label, "sides": sides}


def pairs(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"sides": ["September 2026", "October 2026"], "rows": list(rows), "labels": {"caption": "all customers"}}


def test_each_row_has_its_name_and_both_values_under_the_names_of_the_sides() -> None:
    rows = [row("MRR", 170_000, 55_000), row("Net new MRR", 200, -90), row("NPS", 100, None)]
    said = words(drawn("pairs", "Apart", pairs(rows)))
    for word in ("September 2026", "October 2026", "MRR", "170000", "55000", "-90", "n/a", "all customers"):
        assert word in said


def test_each_row_is_on_a_scale_of_its_own() -> None:
    figure = drawn("pairs", "Apart", pairs([row("large", 1_000_000, 500_000), row("small", "1/50", "1/100")]))
    axes = figure.axes[0]
    lengths = [bar.get_width() for bar in axes.patches if isinstance(bar, Rectangle)]
    assert lengths[0] == pytest.approx(lengths[2])
    assert lengths[1] == pytest.approx(lengths[0] / 2)
    assert lengths[3] == pytest.approx(lengths[0] / 2)


def test_the_first_side_stands_above_the_second() -> None:
    figure = drawn("pairs", "Apart", pairs([row("MRR", 1, 2)]))
    heights = {text.get_text(): text.get_window_extent().y0 for text in texts(figure)}
    assert heights["1"] > heights["2"]


def test_no_words_overlap_however_many_rows_there_are() -> None:
    rows = [row(f"Gross revenue retention {n}", 10**9 + n, -(10**9)) for n in range(20)]
    boxes = [text.get_window_extent() for text in texts(drawn("pairs", "Many", pairs(rows)))]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


@pytest.mark.parametrize(
    "rows",
    [[], [row("x", None, None)], [row("x", 0, 0)], [row(NASTY, -(10**18), "1/3")] * 3],
    ids=["nothing", "unknown", "zero", "long and negative"],
)
def test_they_take_any_data(rows: list[dict[str, Any]]) -> None:
    assert draw_png("pairs", NASTY, pairs(rows))
