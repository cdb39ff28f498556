"""Every chart draws whatever its data may be: whole, within its card, the same each time."""

import subprocess
import sys

import pytest

from commands.ui.charts import draw_png
from commands.ui.text import LOCALES
from tests.commands.ui.charts.drawing import LEAST_POINTS, SPECS, chart_of, drawn, texts


def test_every_chart_is_told_of_here() -> None:
    known = {"mrr_waterfall_line", "churn_rate", "health_history", "figure_trend", "bars", "heat_map"}
    assert set(SPECS) == {*known, "survey_distribution", "mrr_weeks", "stacked_columns", "pairs"}


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
