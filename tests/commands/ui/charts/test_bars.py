from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from commands.ui.charts import draw_png
from tests.commands.ui.cards.answers import NASTY
from tests.commands.ui.charts.drawing import chart_of, drawn, texts, words


def bars(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"rows": list(rows), "labels": {"caption": "By kind"}}


def test_each_bar_has_its_name_and_its_value() -> None:
    said = words(drawn("bars", "Referrals lead", chart_of("bars").data))
    for word in ("Referral", "12", "Talk", "n/a", "By kind, October 2026"):
        assert word in said


def test_names_do_not_overlap_however_many_there_are() -> None:
    rows = [{"label": f"Name {n}", "value": n, "shown": str(n)} for n in range(30)]
    figure = drawn("bars", "Many", bars(rows))
    names = [text.get_window_extent() for text in texts(figure) if text.get_text().startswith("Name")]
    assert len(names) == 12
    assert not any(one.overlaps(other) for one, other in pairwise(names))


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"label": "x", "value": None, "shown": "n/a"}],
        [{"label": "x", "value": 0, "shown": "0"}],
        [{"label": NASTY, "value": -(10**18), "shown": NASTY, "tone": "bad"}] * 3,
        [{"label": "x", "value": "1/3", "shown": "33%", "tone": "unheard of"}],
    ],
    ids=["nothing", "unknown", "zero", "long and negative", "exact"],
)
def test_they_take_any_data(rows: list[dict[str, Any]]) -> None:
    assert draw_png("bars", NASTY, bars(rows))
