from typing import Any

import pytest

from commands.ui.charts import draw_png
from tests.commands.ui.cards.answers import NASTY
from tests.commands.ui.charts.drawing import chart_of, drawn, texts, words


def cells(**changes: Any) -> dict[str, Any]:
    return {**chart_of("heat_map").data, **changes}


def test_each_share_is_written_into_its_cell() -> None:
    said = words(drawn("heat_map", "Most stay", chart_of("heat_map").data))
    for word in ("Oct 2025", "months after the first", "100", "96", "11"):
        assert word in said


def test_what_is_not_known_yet_is_left_empty() -> None:
    data = cells(rows=["a"], columns=["0", "1"], cells=[[1000, None]])
    assert [word for word in words(drawn("heat_map", "", data)) if word == "100"] == ["100"]


def test_the_number_is_light_on_dark_and_dark_on_light() -> None:
    data = cells(rows=["a"], columns=["k", "l"], cells=[[1000, 10]])
    colors = {text.get_text(): text.get_color() for text in texts(drawn("heat_map", "", data))}
    assert (colors["100"], colors["1"]) == ("#FFFFFF", "#1D1C1D")


@pytest.mark.parametrize(
    "changes",
    [
        {"rows": [], "columns": [], "cells": []},
        {"rows": ["a"], "columns": ["0"], "cells": [[None]]},
        {"rows": [NASTY] * 40, "columns": [NASTY] * 40, "cells": [[1250] * 40] * 40},
        {"cells": [[0] * 12] * 12},
    ],
    ids=["nothing", "unknown", "too many, over the whole", "nobody"],
)
def test_it_takes_any_data(changes: dict[str, Any]) -> None:
    assert draw_png("heat_map", NASTY, cells(**changes))
