"""The picture of a survey: its finding, what it is drawn from, what is said where answers are few or missing."""

from fractions import Fraction

import pytest

from commands.core.reply import Chart
from commands.core.survey_scores import Heard
from commands.ui.cards.survey_chart import survey_chart
from commands.ui.text import LOCALES, translator
from tests.commands.ui.cards.survey_answers import survey_answer

NOBODY = Heard(None, None)
NO_MONTHS = (NOBODY,) * 11


def chart(*about: object, locale: str = "en", **more: object) -> Chart:
    drawn = survey_chart(survey_answer(*about, **more), translator(locale, strict=True))  # type: ignore[arg-type]
    assert drawn is not None
    return drawn


@pytest.mark.parametrize(
    ("kind", "finding"),
    [
        ("nps", "NPS 33.3 ±19.7: 50% promoters, 16.7% detractors"),
        ("csat", "CSAT 75 ±13.4: 75% satisfied, 12.5% dissatisfied"),
        ("ces", "CES 4 ±0.36: 75% found it easy, 5% found it hard"),
    ],
)
def test_the_title_is_the_figure_with_its_margin_and_both_ends_of_the_scale(kind: str, finding: str) -> None:
    assert chart(kind).title == finding


def test_the_finding_and_the_months_are_told_to_those_who_see_no_picture() -> None:
    assert chart("csat").alt == (
        "CSAT 75 ±13.4: 75% satisfied, 12.5% dissatisfied, 40 answers. Twelve months: lowest 1, highest 75."
    )


def test_groups_stand_from_the_worst_to_the_best_with_their_shares() -> None:
    groups = chart("nps").data["groups"]
    assert [(one["label"], one["shown"], one["first"], one["last"], one["tone"]) for one in groups] == [
        ("Detractors", "16.7%", "0", "6", "bad"),
        ("Passives", "33.3%", "7", "8", "quiet"),
        ("Promoters", "50%", "9", "10", "good"),
    ]


def test_a_margin_stays_within_the_scale() -> None:
    low, high = (chart("ces", whole=Heard(Fraction(9, 2), Fraction(1))).data["trend"][name] for name in ("low", "high"))
    assert (low[0], low[1], low[-1], high[-1]) == ("1", None, "7/2", "5")


def test_few_answers_are_no_finding() -> None:
    few = chart("nps", {9: 2, 3: 1}, whole=Heard(Fraction(100, 3), None))
    assert few.title == "NPS: 3 answers, too few to judge"
    assert few.alt == "NPS: 3 answers, too few to judge. Twelve months: lowest 1, highest 33.3."


def test_answers_that_are_all_alike_have_no_margin_to_tell() -> None:
    assert chart("csat", {5: 9}, whole=Heard(Fraction(100), None)).title.startswith("CSAT 100: 100% satisfied")


def test_a_first_month_has_no_line_yet() -> None:
    first = chart("nps", months=NO_MONTHS)
    assert first.data["trend"] is None
    assert first.alt.endswith("detractors, 60 answers")


def test_a_period_without_answers_still_has_its_months() -> None:
    silent = chart("nps", {}, whole=NOBODY)
    assert silent.title == "NPS, October 2026: no answers"
    assert silent.data["groups"] == []
    assert silent.data["trend"]["values"][-1] is None


def test_where_nobody_ever_answered_there_is_no_picture() -> None:
    assert survey_chart(survey_answer("nps", {}, NO_MONTHS, NOBODY), translator("en")) is None


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", ["nps", "csat", "ces"])
def test_it_is_told_in_every_language(kind: str, locale: str) -> None:
    assert kind.upper() in chart(kind, locale=locale).title
