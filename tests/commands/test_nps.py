import pytest

from commands.core.reply import Reply
from commands.nps import COMMAND
from commands.ui.blocks import check
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import reply
from tests.commands.surveys import fill


@pytest.fixture
def heard(db_empty: Session) -> Session:
    """A store with the answers of tests.commands.surveys."""
    return fill(db_empty)


def answer(db: Session, text: str = "", locale: str = "en") -> Reply:
    given = reply(COMMAND.run(ask(text, locale=locale), db))
    assert check(given.blocks) == []
    return given


def test_the_first_line_is_the_figure_and_then_comes_what_it_rests_on(heard: Session) -> None:
    text = answer(heard).text
    assert text.splitlines()[0] == "NPS 33.3 · ▼ 66.7 · October 2026, all customers"
    assert "confidence)\nNPS: 6 answers · ±75.4\n" in text


def test_the_scores_are_told_by_group(heard: Session) -> None:
    text = answer(heard).text
    assert (
        "Promoters (9–10): 4 · 66.7% · 2 × “10”, 2 × “9”\n"
        "Passives (7–8): 0 · 0%\n"
        "Detractors (0–6): 2 · 33.3% · 1 × “6”, 1 × “3”\n"
    ) in text


def test_only_comments_of_its_kind_are_shown(heard: Session) -> None:
    said = answer(heard).text.partition("What customers said\n")[2].splitlines()
    expected = ["Acme: NPS 3 · “Too *slow*”", "Gamma: NPS 9 · “Great”"]
    assert [" · ".join(line.split(" · ")[:2]) for line in said[: len(expected)]] == expected
    assert "MRR" not in said[len(expected)]


def test_whom_to_call_is_told(heard: Session) -> None:
    text = answer(heard).text
    assert (
        "Detractors: call them (2)\n"
        "Acme: NPS 3 from Ana: “Too *slow*” · MRR $1,200 · 12 Oct 2026\n"
        "Beta: NPS 6 from Bob · MRR $300 · 14 Oct 2026\n"
    ) in text
    assert "Nobody is a detractor." in answer(heard, "enterprise").text
