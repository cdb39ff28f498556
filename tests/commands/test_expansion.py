import pytest

from commands.core.errors import NotUnderstood
from commands.core.reply import Document, Reply
from commands.expansion import COMMAND
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import modal, press, reply
from tests.storage.queries import rows


def answer(db: Session, text: str = "", locale: str = "en") -> Reply:
    given = reply(COMMAND.run(ask(text, locale=locale), db))
    assert check(given.blocks) == []
    return given


def fill_the_seats(db: Session) -> None:
    for user in range(9):
        rows.used(db, 1, ask().today, f"user-{user}@acme.com")


def test_the_first_line_is_expansion_with_its_change(company: Session) -> None:
    lines = answer(company).text.splitlines()
    assert lines[0].startswith("Expansion MRR $200 · ▲ $200 · October 2026, all customers")
    assert "Upsell MRR $200 (before: $0) · Cross-sell MRR $0 (before: $0)" in lines
    assert "Expansion rate 7.8% (before: 0%)" in lines


def test_it_is_split_by_cause(company: Session) -> None:
    assert "Where it comes from\nseats: $200 · 100% of expansion\n" in answer(company).text


def test_who_grew_is_named(company: Session) -> None:
    assert "Who grew (1)\nAcme Corp: $200 more (seats) · MRR $1,200 · 10 Oct 2026" in answer(company).text


def test_whom_to_offer_more_is_as_of_today_whatever_the_period(company: Session) -> None:
    assert "Nobody has a reason to buy more today" in answer(company).text
    fill_the_seats(company)
    for text in ("", "last month", "2026-09"):
        assert (
            "Whom to offer more now (1)\nAcme Corp: 10 people used it in 28 days, 10 seats are paid for → Offer more"
        ) in answer(company, text).text


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(company: Session, locale: str) -> None:
    fill_the_seats(company)
    assert "200" in answer(company, locale=locale).text


def test_an_empty_store_teaches(db_empty: Session) -> None:
    assert "latido import" in answer(db_empty).text


def test_nonsense_is_said(company: Session) -> None:
    with pytest.raises(NotUnderstood):
        COMMAND.run(ask("entreprise!!"), company)


def test_the_explanation_and_the_file_have_both_lists(company: Session) -> None:
    fill_the_seats(company)
    shown = modal(press(COMMAND, answer(company), "expansion.explain", ask(), company))
    assert check(shown.blocks, surface="modal") == []
    assert "1 to 2 of 2" in str(shown.blocks)
    document = press(COMMAND, shown, "expansion.csv", ask(), company)
    assert isinstance(document, Document)
    assert len(document.content.decode("utf-8-sig").splitlines()) == 3


def test_it_has_no_name_of_its_own() -> None:
    assert not COMMAND.own_name
