import pytest

from commands.core.errors import NotUnderstood
from commands.core.reply import Document, Reply
from commands.segments import COMMAND
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import modal, press, reply
from tests.commands.test_health import take_snapshots


def answer(db: Session, text: str = "", locale: str = "en") -> Reply:
    given = reply(COMMAND.run(ask(text, locale=locale), db))
    assert check(given.blocks) == []
    return given


def test_the_card_tells_every_tier_with_its_money(company: Session) -> None:
    take_snapshots(company, 23, 54)
    text = answer(company).text
    assert text.startswith("Customers 6 · ▼ 14.3% · October 2026, all customers\n")
    assert "VIP: 2 customers · $1,700 · 63.2% of MRR · before: 2\n" in text
    assert "Non-core: 2 customers · $300 · 11.2% of MRR · before: 2\n" in text
    assert "Who moved (1)\nBeta Ltd: ▼ from Core to Non-core · MRR $200\n" in text
    assert "Acme Corp: VIP, 1 of 6 by MRR, health 88 · MRR $1,200" in text


def test_tiers_need_no_scores(company: Session) -> None:
    assert "Acme Corp: VIP, 1 of 6 by MRR, no health score" in answer(company).text


def test_nobody_moving_is_said(company: Session) -> None:
    assert "Nobody has moved to another tier." in answer(company, "2026-08").text


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(company: Session, locale: str) -> None:
    assert "6" in answer(company, locale=locale).text


def test_an_empty_store_teaches(db_empty: Session) -> None:
    assert "latido import" in answer(db_empty).text


def test_nonsense_is_said(company: Session) -> None:
    with pytest.raises(NotUnderstood):
        COMMAND.run(ask("entreprise!!"), company)


def test_the_explanation_says_how_tiers_are_told_apart(company: Session) -> None:
    shown = modal(press(COMMAND, answer(company), "segments.explain", ask(), company))
    assert check(shown.blocks, surface="modal") == []
    words = "\n".join(block["text"]["text"] for block in shown.blocks if block["type"] == "section")
    assert "VIP: among the 20% of all customers that pay most, not in poor health." in words
    assert "at least 2 times as much" in words


def test_everybody_is_in_the_file(company: Session) -> None:
    document = press(
        COMMAND,
        modal(press(COMMAND, answer(company), "segments.explain", ask(), company)),
        "segments.csv",
        ask(),
        company,
    )
    assert isinstance(document, Document)
    lines = document.content.decode("utf-8-sig").splitlines()
    assert sum('"Customers, VIP first"' in line for line in lines) == 6


def test_it_has_no_name_of_its_own() -> None:
    assert not COMMAND.own_name
