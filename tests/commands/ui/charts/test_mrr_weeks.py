from typing import Any

import pytest

from commands.ui.charts import draw_png
from tests.commands.ui.charts.drawing import chart_of, drawn, words


def weeks(**changed: Any) -> dict[str, Any]:
    return {**chart_of("mrr_weeks").data, **changed}


def test_both_ends_of_the_line_have_their_values_and_both_kinds_of_bars_their_names() -> None:
    said = words(drawn("mrr_weeks", "MRR up 12%", weeks()))
    for word in ("$20K", "$22.4K", "brought", "took"):
        assert any(word in each for each in said), (word, said)


@pytest.mark.parametrize(
    "values",
    [
        {"mrr": [0] * 13, "gains": [0] * 13, "losses": [0] * 13},
        {"mrr": [10**15] * 13, "gains": [10**15] * 13, "losses": [0] * 13},
        {"mrr": [5] * 12 + [0], "gains": [0] * 13, "losses": [0] * 12 + [5]},
    ],
    ids=["nothing", "huge", "all lost"],
)
def test_any_weeks_can_be_drawn(values: dict[str, Any]) -> None:
    assert draw_png("mrr_weeks", "MRR", weeks(**values)).startswith(b"\x89PNG")
