from typing import Any

import pytest

from commands.ui.cards.survey_chart import survey_chart
from commands.ui.charts import draw_png
from commands.ui.text import translator
from tests.commands.ui.cards.answers import NASTY
from tests.commands.ui.cards.survey_answers import survey_answer
from tests.commands.ui.charts.drawing import chart_of, drawn, texts, words

NAME = "survey_distribution"


def test_each_score_has_its_count_and_each_group_its_name_and_share() -> None:
    said = words(drawn(NAME, "", chart_of(NAME).data))
    for word in ("0", "10", "18", "Detractors", "16.7%", "Passives", "Promoters", "50%", "33.3"):
        assert word in said


@pytest.mark.parametrize("locale", ["en", "es", "ru"])
@pytest.mark.parametrize("kind", ["nps", "csat", "ces"])
def test_names_of_groups_do_not_overlap(kind: str, locale: str) -> None:
    chart = survey_chart(survey_answer(kind), translator(locale))
    assert chart is not None
    figure = drawn(NAME, chart.title, chart.data)
    names = [group["label"] for group in chart.data["groups"]]
    boxes = [text.get_window_extent() for text in texts(figure) if text.get_text() in names]
    assert len(boxes) == 3
    assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[place + 1 :])


def test_months_without_answers_are_a_gap_and_a_margin_by_itself_is_seen() -> None:
    figure = drawn(NAME, "", chart_of(NAME).data)
    trend = figure.axes[1]
    assert [len(line.get_xdata()) for line in trend.lines if line.get_marker() == "o"] == [6, 5]  # type: ignore[arg-type]
    assert len(trend.collections) == 3


def trend(**changed: Any) -> dict[str, Any]:
    alone = {"months": ["2026-10-01"], "values": ["1/3"], "low": [None], "high": [None], "shown": ["0.3"]}
    return {**chart_of(NAME).data, "trend": {**alone, **changed}}


@pytest.mark.parametrize(
    "data",
    [
        {**chart_of(NAME).data, "trend": None},
        {**chart_of(NAME).data, "groups": []},
        {**chart_of(NAME).data, "groups": [], "trend": None, "scores": []},
        trend(),
        trend(values=[None], shown=["n/a"]),
        trend(low=["-100"], high=["100"], running=True, shown=[NASTY]),
        {**chart_of(NAME).data, "scores": [{"score": str(n), "count": 10**15, "shown": NASTY} for n in range(11)]},
    ],
    ids=["one month", "no answers", "nothing", "a point", "unknown", "wide", "huge"],
)
def test_it_takes_any_data(data: dict[str, Any]) -> None:
    assert draw_png(NAME, NASTY, data)
