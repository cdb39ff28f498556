from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest

from commands.ui.charts import draw_png
from tests.commands.ui.cards.answers import NASTY
from tests.commands.ui.charts.drawing import chart_of, drawn, words

DOT = 17


def health(**changes: Any) -> dict[str, Any]:
    return {**chart_of("health_history").data, **changes}


def test_the_history_says_the_score_and_what_happened() -> None:
    said = words(drawn("health_history", "Acme is down", health()))
    for word in ("61", "good", "average", "poor", "25 Aug", "23 Nov", "① 5 Nov · Maria Lopez left", "1"):
        assert word in said


def test_only_the_last_five_events_are_told() -> None:
    events = [{"day": f"2026-11-{day:02}", "label": f"event {day}", "kind": "poc_left"} for day in range(1, 9)]
    said = words(drawn("health_history", "", health(events=events)))
    assert [word for word in said if "event" in word] == [f"{'①②③④⑤'[n]} {n + 4} Nov · event {n + 4}" for n in range(5)]


@pytest.mark.parametrize(
    "changes",
    [
        {"days": [], "scores": []},
        {"days": ["2026-11-23"], "scores": [72]},
        {"scores": [None] * 91},
        {"scores": [None, 5, None, 100, 1, None, 60] * 13},
        {"events": [{"day": "2020-01-01", "label": NASTY, "kind": "churn"}] * 9},
    ],
    ids=["nothing", "one day", "unknown", "gaps", "long events of another time"],
)
def test_the_history_takes_any_data(changes: Mapping[str, Any]) -> None:
    assert draw_png("health_history", "日本 🎉 " + NASTY, health(**changes))


def test_dots_of_events_on_neighbouring_days_do_not_cover_each_other() -> None:
    events = [{"day": f"2026-11-0{day}", "label": f"event {day}", "kind": "expansion"} for day in (1, 2, 3)]
    figure = drawn("health_history", "Acme", health(events=events))
    dots = [line for line in figure.axes[0].lines if line.get_markersize() == DOT]
    boxes = [dot.get_window_extent() for dot in dots]
    assert len(boxes) == 3
    assert not any(one.overlaps(other) for one, other in pairwise(boxes))


@pytest.mark.parametrize(
    ("day", "before", "after", "label"),
    [("2026-09-10", 97, 80, "▼ 17"), ("2026-09-10", 3, 40, "▲ 37"), ("2026-11-23", 9, 2, "▼ 7"), (None, 0, 0, None)],
    ids=["early fall", "early rise", "fall of today", "none"],
)
def test_the_largest_leap_is_told_beside_the_line(day: str | None, before: int, after: int, label: str | None) -> None:
    leap = day and {"day": day, "before": before, "after": after, "label": label}
    figure = drawn("health_history", "Acme", health(leap=leap))
    told = [text for text in figure.axes[0].texts if text.get_text()[:1] in "▼▲"]
    assert [text.get_text() for text in told] == ([label] if label else [])
    for text in told:
        inside, shown = figure.axes[0].get_window_extent(), text.get_window_extent()
        assert inside.y0 <= shown.y0 < shown.y1 <= inside.y1
        assert inside.x0 <= shown.x0 < shown.x1 <= inside.x1
