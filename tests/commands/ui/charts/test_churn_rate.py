from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest

from commands.ui.charts import draw_png
from tests.commands.ui.cards.answers import NASTY
from tests.commands.ui.charts.drawing import chart_of, drawn, texts, words


def churn(**changes: Any) -> dict[str, Any]:
    return {**chart_of("churn_rate").data, **changes}


def test_the_lines_are_named_at_their_ends_with_the_last_rate() -> None:
    said = words(drawn("churn_rate", "Churn", churn(logo=[100] * 11 + [189], gross_mrr=[50] * 11 + [432])))
    for word in ("Customers", "1.9%", "MRR, gross", "4.3%", "■ normal: 3% to 5% a month"):
        assert word in said


def test_names_of_lines_that_meet_do_not_overlap() -> None:
    figure = drawn("churn_rate", "Churn", churn(logo=[200] * 12, gross_mrr=[201] * 12))
    ends = [text for text in texts(figure) if text.get_text() in {"Customers", "2%", "MRR, gross"}]
    boxes = sorted((text.get_window_extent() for text in ends), key=lambda box: box.y0)
    assert len(boxes) == 4
    for lower, upper in pairwise(boxes):
        assert lower.y1 <= upper.y0 + 2


@pytest.mark.parametrize(
    "changes",
    [
        {"logo": [0] * 12, "gross_mrr": [0] * 12},
        {"logo": [None] * 12, "gross_mrr": [None] * 12},
        {"logo": [None, 5, None, 7] * 3, "gross_mrr": [-700] * 12},
        {"months": ["2026-10-01"], "logo": [3], "gross_mrr": [10_000]},
        {"logo": [10_000] * 12, "band": None},
        {"labels": {"caption": NASTY, "logo": NASTY, "gross_mrr": NASTY, "band": NASTY}, "running": True},
    ],
    ids=["zero", "unknown", "gaps and negative", "one month", "all lost, no band", "long"],
)
def test_the_rates_take_any_data(changes: Mapping[str, Any]) -> None:
    assert draw_png("churn_rate", NASTY, churn(**changes))


# --- The history -------------------------------------------------------------------------------------------------
