from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest

from commands.ui.charts import draw_png
from tests.commands.ui.cards.answers import NASTY
from tests.commands.ui.charts.drawing import chart_of, drawn, texts, words

ONE = [{"label": "NRR", "values": ["97/100", 1, "21/20", "103/100"] * 3, "shown": None}]


def trend(**changes: Any) -> dict[str, Any]:
    return {**chart_of("figure_trend").data, **changes}


def test_lines_are_named_at_their_ends_with_their_last_values() -> None:
    said = words(drawn("figure_trend", "Churn", chart_of("figure_trend").data))
    for word in ("Logo churn", "1.9%", "Gross MRR churn", "4.3%", "Oct", "By month, segment smb, plan Pro"):
        assert word in said


def test_a_line_by_itself_says_its_last_highest_and_lowest_value() -> None:
    said = words(drawn("figure_trend", "NRR", trend(series=ONE)))
    for word in ("103%", "97%", "105%"):
        assert word in said
    assert "NRR" in said  # the title alone: there is nothing to tell apart
    assert said.count("NRR") == 1


def test_names_of_three_lines_that_meet_do_not_overlap() -> None:
    series = [{"label": label, "values": [value] * 12} for label, value in (("One", 3), ("Two", 3), ("Three", 4))]
    figure = drawn("figure_trend", "All alike", trend(series=series, unit="count"))
    ends = [text for text in texts(figure) if text.get_text() in {"One", "Two", "Three", "3", "4"}]
    assert len(ends) == 6
    boxes = sorted((text.get_window_extent() for text in ends), key=lambda box: box.y0)
    for lower, upper in pairwise(boxes):
        assert lower.y1 <= upper.y0 + 2


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    [
        ("money", 1_234_500, "$12.3K"),
        ("ratio", "1/8", "12.5%"),
        ("count", 7, "7"),
        ("mean", "13/4", "3.25"),
        ("score", "85/2", "42.5"),
        ("days", "5/2", "2.5"),
    ],
)
def test_values_without_words_are_written_by_their_unit(unit: str, value: int | str, expected: str) -> None:
    assert expected in words(drawn("figure_trend", "", trend(series=[{"label": "x", "values": [value]}], unit=unit)))


def test_the_band_is_named_where_no_line_crosses_it() -> None:
    data = trend(series=ONE, band=["95/100", 1], labels={"caption": "By month", "band": "normal: 95% to 100%"})
    assert "■ normal: 95% to 100%" in words(drawn("figure_trend", "NRR", data))


@pytest.mark.parametrize(
    "changes",
    [
        {"series": []},
        {"series": [{"label": "x", "values": [None] * 12}]},
        {"series": [{"label": NASTY, "values": [0] * 12}] * 3},
        {"series": [{"label": NASTY, "values": [None, -(10**15), None, 10**15] * 3}], "unit": "money"},
        {"months": ["2026-10-01"], "series": [{"label": "x", "values": ["1/3"]}]},
        {"labels": {"caption": NASTY, "band": NASTY}, "band": [0, 10]},
    ],
    ids=["no line", "unknown", "zero", "gaps and huge", "one month", "long"],
)
def test_it_takes_any_data(changes: Mapping[str, Any]) -> None:
    assert draw_png("figure_trend", NASTY, trend(**changes))
