from collections.abc import Mapping
from typing import Any

import pytest

from commands.ui.charts import draw_png
from tests.commands.ui.cards.answers import NASTY
from tests.commands.ui.charts.drawing import chart_of, drawn, words


def mrr(**changes: Any) -> dict[str, Any]:
    return {**chart_of("mrr_waterfall_line").data, **changes}


def test_the_waterfall_says_each_movement_with_its_amount() -> None:
    said = words(drawn("mrr_waterfall_line", "MRR grew", mrr()))
    assert "MRR grew" in said
    for word in ("Opening", "$128.4K", "New", "+$5.4K", "Churn", "−$3.5K", "Closing", "$136.8K", "Oct"):
        assert word in said


def test_bars_that_do_not_begin_at_zero_are_cut() -> None:
    whole = drawn("mrr_waterfall_line", "", mrr(steps=[step(0, "opening"), step(500, "new"), step(500, "closing")]))
    cut = drawn("mrr_waterfall_line", "", mrr())
    assert len(cut.axes[0].lines) - len(cut.axes[0].patches) > len(whole.axes[0].lines) - len(whole.axes[0].patches)


def step(minor: int, kind: str) -> dict[str, object]:
    return {"label": kind, "minor": minor, "kind": kind}


@pytest.mark.parametrize(
    "changes",
    [
        {"steps": [step(0, kind) for kind in ("opening", "new", "closing")], "mrr": [0] * 12},
        {"mrr": [None] * 12},
        {"mrr": [None, 5, None, 7] * 3},
        {"months": ["2026-10-01"], "mrr": [100]},
        {"steps": [step(10**17, "opening"), step(-(10**17), "churn"), step(0, "closing")], "mrr": [10**17] * 12},
        {"steps": [step(0, "opening"), step(-300, "churn"), step(-300, "closing")], "mrr": [-5] * 12},
        {"labels": {"waterfall": NASTY, "line": NASTY}, "running": True},
        {"currency": "JPY", "locale": "ru"},
    ],
    ids=["zero", "unknown", "gaps", "one month", "huge", "negative", "long", "yen"],
)
def test_the_waterfall_takes_any_data(changes: Mapping[str, Any]) -> None:
    assert draw_png("mrr_waterfall_line", NASTY * 2, mrr(**changes))


# --- The rates ---------------------------------------------------------------------------------------------------
