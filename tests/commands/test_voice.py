import csv
from io import StringIO

import pytest

from commands.core.errors import NotUnderstood
from commands.core.reply import Document, Reply
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from commands.voice import COMMAND
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import modal, press, reply
from tests.commands.surveys import fill


@pytest.fixture
def heard(db_empty: Session) -> Session:
    """A store with the answers of tests.commands.surveys."""
    return fill(db_empty)


def answer(db: Session, text: str = "", locale: str = "en") -> Reply:
    given = reply(COMMAND.run(ask(text, locale=locale), db))
    assert check(given.blocks) == []
    return given


def test_the_first_lines_are_nps_with_its_change_and_the_other_figures(heard: Session) -> None:
    lines = answer(heard).text.splitlines()
    assert lines[0] == "NPS 33.3 · ▼ 66.7 · October 2026, all customers"
    assert lines[1] == "September 2026: 100"
    assert lines[2] == "CSAT 50 (before: n/a) · CES 3.80 (before: n/a)"


def test_it_says_how_many_answered_how_sure_that_is_and_what_is_too_few(heard: Session) -> None:
    assert (
        "Answers and margin of error (95% confidence)\n"
        "NPS: 6 answers · ±75.4\n"
        "CSAT: 4 answers · too few to judge\n"
        "CES: 5 answers · ±1.02\n"
    ) in answer(heard).text


def test_promoters_passives_and_detractors_are_told_with_their_shares(heard: Session) -> None:
    assert (
        "NPS: shares of answers\nPromoters (9–10): 4 · 66.7%\nPassives (7–8): 0 · 0%\nDetractors (0–6): 2 · 33.3%\n"
    ) in answer(heard).text


def test_customers_are_heard_in_their_own_words_low_scores_first(heard: Session) -> None:
    said = answer(heard).text.partition("What customers said\n")[2].splitlines()[:5]
    assert said == [
        "Beta: CES 2 · “Many clicks” · 21 Oct 2026 · MRR $300",
        "Acme: CSAT 1 · “Awful” · 20 Oct 2026 · MRR $1,200",
        "Acme: NPS 3 · “Too *slow*” · 12 Oct 2026 · MRR $1,200",
        "Gamma: CSAT 3 · “So so” · 20 Oct 2026 · MRR $5,000",
        "Gamma: NPS 9 · “Great” · 16 Oct 2026 · MRR $5,000",
    ]


def test_segments_are_held_beside_each_other(heard: Session) -> None:
    assert (
        "NPS by segment\nsmb: NPS 0 · 4 answers · too few to judge\n"
        "enterprise: NPS 100 · 2 answers · too few to judge\n"
    ) in answer(heard).text
    assert "by segment" not in answer(heard, "smb").text


def test_whom_to_call_is_told_worst_first(heard: Session) -> None:
    assert (
        "Low scores: call them (2)\n"
        "Acme: CSAT 1 from Ana: “Awful” (and 1 more low answer) · MRR $1,200 · 20 Oct 2026\n"
        "Beta: CES 2 from Bob: “Many clicks” (and 1 more low answer) · MRR $300 · 21 Oct 2026\n"
    ) in answer(heard).text


def test_the_picture_is_how_nps_was_answered_and_its_twelve_months(heard: Session) -> None:
    chart = answer(heard).chart
    assert chart is not None
    finding = "NPS 33.3 ±75.4: 66.7% promoters, 33.3% detractors"
    assert (chart.id, chart.title) == ("survey_distribution", finding)
    assert chart.alt == f"{finding}, 6 answers. Twelve months: lowest 33.3, highest 100."
    assert [score["count"] for score in chart.data["scores"]] == [0, 0, 0, 1, 0, 0, 1, 0, 0, 2, 2]
    assert (chart.data["trend"]["shown"][-2:], chart.data["trend"]["low"][-2:]) == (["100", "33.3"], [None, "-631/15"])


def test_a_longer_window_has_each_contact_s_latest_answer_of_all(heard: Session) -> None:
    assert answer(heard, "12m").text.startswith("NPS 33.3 · 12 months to October 2026, all customers")


def test_where_nobody_gave_a_low_score_that_is_said(heard: Session) -> None:
    assert "Nobody gave a low score." in answer(heard, "enterprise").text


def test_a_customer_s_words_do_not_format_the_card(heard: Session) -> None:
    assert "Too *slow*" not in str(answer(heard).blocks)


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(heard: Session, locale: str) -> None:
    assert "33" in answer(heard, locale=locale).text


def test_an_empty_store_teaches(db_empty: Session) -> None:
    assert "latido import" in answer(db_empty).text


def test_a_month_without_answers_is_no_zero(heard: Session) -> None:
    assert "NPS 0" not in answer(heard, "2026-08").text


def test_nonsense_is_said(heard: Session) -> None:
    with pytest.raises(NotUnderstood):
        COMMAND.run(ask("entreprise!!"), heard)


def test_it_explains_itself_with_its_own_numbers(heard: Session) -> None:
    shown = modal(press(COMMAND, answer(heard), "voice.explain", ask(), heard))
    assert check(shown.blocks, surface="modal") == []
    words = str(shown.blocks)
    assert "= (100 × 4 + 0 × 0 − 100 × 2) ÷ 6 = 33.3" in words
    assert "= 2 ÷ 4 × 100 = 50" in words
    assert "= 19 ÷ 5 = 3.80" in words


def test_whom_to_call_can_be_had_as_a_file(heard: Session) -> None:
    shown = modal(press(COMMAND, answer(heard), "voice.explain", ask(), heard))
    file = press(COMMAND, shown, "voice.csv", ask(), heard)
    assert isinstance(file, Document)
    rows = list(csv.DictReader(StringIO(file.content.decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == ["Acme", "Beta"]
