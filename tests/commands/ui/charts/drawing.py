"""Charts drawn for tests, and the words found on them."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from matplotlib.figure import Figure
from matplotlib.text import Text

import commands.ui.charts as package
from commands.core.reply import Chart
from commands.ui.cards.churn import churn_card
from commands.ui.cards.compare_card import compare_card
from commands.ui.cards.health_chart import history_chart
from commands.ui.cards.mrr import mrr_card
from commands.ui.cards.survey_chart import survey_chart
from commands.ui.cards.topic_card import topic_card
from commands.ui.charts import ChartSpec
from commands.ui.text import translator
from metrics.catalog import collect
from tests.commands.ui.cards import answers, figure_answers
from tests.commands.ui.cards.answers import ALONE
from tests.commands.ui.cards.figure_answers import TOPIC
from tests.commands.ui.cards.survey_answers import survey_answer

SPECS = collect(package, "CHART", ChartSpec)
LEAST_POINTS = 12
BARS = {
    "rows": [
        {"label": "Referral", "value": 12, "shown": "12", "tone": "good"},
        {"label": "A name that is longer than its place", "value": 5, "shown": "5"},
        {"label": "Talk", "value": None, "shown": "n/a"},
        {"label": "Complaint", "value": -4, "shown": "−4", "tone": "bad"},
    ],
    "labels": {"caption": "By kind, October 2026"},
}
CELLS = {
    "rows": [f"Oct {2014 + number}" for number in range(12)],
    "columns": [str(number) for number in range(12)],
    "cells": [[1000 - 37 * n * (1 + row % 2) if n + row < 12 else None for n in range(12)] for row in range(12)],
    "labels": {"caption": "Share of customers still there, in %", "columns": "months after the first"},
}
COLUMNS = {
    "columns": [
        {
            "label": "23 Nov to 23 Dec",
            "total": "$7.5K",
            "parts": [
                {"label": "poor", "value": 199_026, "shown": "$2K", "tone": "bad"},
                {"label": "average", "value": 22_800, "shown": "$228"},
                {"label": "good", "value": 533_000, "shown": "$5.3K", "tone": "good"},
            ],
        },
        {
            "label": "24 Dec to 22 Jan",
            "total": "$5.9K",
            "parts": [{"label": "a name that is too long", "value": 587_602, "shown": "$5.9K", "tone": "quiet"}],
        },
        {"label": "23 Jan to 21 Feb", "total": "$0", "parts": []},
    ],
    "labels": {"caption": "MRR up for renewal by health, all customers, in USD"},
}
WEEKS = {
    "weeks": [(date(2026, 8, 30) + timedelta(weeks=number)).isoformat() for number in range(13)],
    "mrr": [2_000_000 + 20_000 * number for number in range(13)],
    "gains": [30_000 + 1_000 * number for number in range(13)],
    "losses": [10_000 + 1_000 * number for number in range(13)],
    "currency": "USD",
    "decimals": 2,
    "labels": {
        "line": "MRR at the end of each week, all accounts, in USD",
        "bars": "What each week brought and took",
        "gains": "brought",
        "losses": "took",
    },
}


def chart_of(name: str, locale: str = "en") -> Chart:
    """The chart of a usual card."""
    t = translator(locale)
    charts: dict[str, Callable[[], Chart | None]] = {
        "mrr_waterfall_line": lambda: mrr_card(answers.revenue_answer(), ALONE, t).chart,
        "churn_rate": lambda: churn_card(answers.revenue_answer(), ALONE, t).chart,
        "health_history": lambda: history_chart(answers.health_answer(), t),
        "figure_trend": lambda: topic_card(TOPIC, figure_answers.answer(), ALONE, t).chart,
        "survey_distribution": lambda: survey_chart(survey_answer("nps"), t),
        "bars": lambda: Chart("bars", "Referrals are most of it", "", BARS),
        "mrr_weeks": lambda: Chart("mrr_weeks", "MRR up 12% in 12 weeks", "", {**WEEKS, "locale": locale}),
        "stacked_columns": lambda: Chart("stacked_columns", "$1,990 of $13,424 is in poor health", "", COLUMNS),
        "pairs": lambda: compare_card(figure_answers.comparison(), ALONE, t).chart,
        "heat_map": lambda: Chart("heat_map", "Three of four stay", "", {**CELLS, "locale": locale}),
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
