"""Every chart draws whatever its data may be: whole, within its card, the same each time."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

import commands.ui.charts as package
from commands.core.reply import Chart
from commands.ui.cards.churn import churn_card
from commands.ui.cards.health import history_chart
from commands.ui.cards.mrr import mrr_card
from commands.ui.charts import ChartSpec, draw_png
from commands.ui.text import LOCALES, translator
from metrics.catalog import collect
from tests.commands.ui.cards import answers
from tests.commands.ui.cards.answers import ALONE, NASTY

SPECS = collect(package, "CHART", ChartSpec)
LEAST_POINTS = 12


def chart_of(name: str, locale: str = "en") -> Chart:
    """The chart of a usual card."""
    t = translator(locale)
    charts: dict[str, Callable[[], Chart | None]] = {
        "mrr_waterfall_line": lambda: mrr_card(answers.revenue_answer(), ALONE, t).chart,
        "churn_rate": lambda: churn_card(answers.revenue_answer(), ALONE, t).chart,
        "health_history": lambda: history_chart(answers.health_answer(), t),
    }
    chart = charts[name]()
    assert chart is not None
    return chart


def drawn(name: str, title: str, data: Mapping[str, Any]) -> Figure:
    figure = SPECS[name].draw(title, data)
    figure.draw_without_rendering()
    return figure


def texts(figure: Figure) -> list[Text]:
    found: list[Text] = figure.findobj(Text)
    return [text for text in found if text.get_text()]


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in texts(figure)]


def test_every_chart_is_told_of_here() -> None:
    assert set(SPECS) == {"mrr_waterfall_line", "churn_rate", "health_history"}


def test_naming_a_chart_costs_no_matplotlib() -> None:
    code = "import sys, commands.ui.charts, commands.mrr, commands.health; assert 'matplotlib' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", SPECS)
def test_the_same_data_is_the_same_picture(name: str) -> None:
    chart = chart_of(name)
    picture = draw_png(name, chart.title, chart.data)
    assert picture == draw_png(name, chart.title, chart.data)
    assert picture.startswith(b"\x89PNG")


def test_an_unknown_chart_is_an_error() -> None:
    with pytest.raises(KeyError):
        draw_png("pie", "", {})


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", SPECS)
def test_all_words_are_on_the_card_and_large_enough_for_a_phone(name: str, locale: str) -> None:
    chart = chart_of(name, locale)
    figure = drawn(name, chart.title, chart.data)
    card = figure.bbox
    for text in texts(figure):
        box = text.get_window_extent()
        assert (box.x0 >= card.x0, box.x1 <= card.x1, box.y0 >= card.y0, box.y1 <= card.y1) == (True,) * 4, text
        assert float(text.get_fontsize()) >= LEAST_POINTS, text.get_text()
        assert not text.get_parse_math()


# --- The waterfall -----------------------------------------------------------------------------------------------


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


def churn(**changes: Any) -> dict[str, Any]:
    return {**chart_of("churn_rate").data, **changes}


def test_the_lines_are_named_at_their_ends_with_the_last_rate() -> None:
    said = words(drawn("churn_rate", "Churn", churn(logo=[100] * 11 + [189], gross_mrr=[50] * 11 + [432])))
    for word in ("Customers", "1.9%", "MRR, gross", "4.3%", "normal: 3% to 5% a month"):
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
