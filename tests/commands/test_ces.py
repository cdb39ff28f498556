import pytest

from commands.ces import COMMAND
from commands.core.reply import Reply
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
    assert text.splitlines()[0] == "CES 3.80 · October 2026, all customers"
    assert "confidence)\nCES: 5 answers · ±1.02\n" in text


def test_the_scores_are_told_by_group(heard: Session) -> None:
    text = answer(heard).text
    assert "Easy (4–5): 3 · 60% · 2 × “5”, 1 × “4”\nNeutral (3): 1 · 20%\nHard (1–2): 1 · 20% · 1 × “2”\n" in text


def test_only_comments_of_its_kind_are_shown(heard: Session) -> None:
    said = answer(heard).text.partition("What customers said\n")[2].splitlines()
    expected = ["Beta: CES 2 · “Many clicks”"]
    assert [" · ".join(line.split(" · ")[:2]) for line in said[: len(expected)]] == expected
    assert "MRR" not in said[len(expected)]


def test_whom_to_call_is_told(heard: Session) -> None:
    text = answer(heard).text
    assert "Found it hard: call them (1)\nBeta: CES 2 from Bob: “Many clicks” · MRR $300 · 21 Oct 2026\n" in text
    assert "Nobody found it hard." in answer(heard, "enterprise").text
