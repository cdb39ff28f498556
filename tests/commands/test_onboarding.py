from datetime import date

import pytest

from commands.core.errors import NotUnderstood
from commands.core.reply import Document, Reply
from commands.onboarding import COMMAND
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import modal, press, reply
from tests.storage.queries import rows


@pytest.fixture
def onboarding(db_empty: Session) -> Session:
    """October: two through in 10 and 21 days, one stalled for 60, one on its way; September: one through in 30."""
    for name, started_on, activated_on in (
        ("Acme", date(2026, 10, 1), date(2026, 10, 11)),
        ("Beta", date(2026, 10, 1), date(2026, 10, 22)),
        ("Gamma", date(2026, 9, 1), None),
        ("Delta", date(2026, 10, 21), None),
        ("Eta", date(2026, 8, 2), date(2026, 9, 1)),
    ):
        account_id = rows.account(
            db_empty, name, onboarding_started_on=started_on, activated_on=activated_on, segment="smb"
        )
        rows.contact(db_empty, account_id, "Ana", started_on=started_on, activated_on=activated_on)
    return db_empty


def answer(db: Session, text: str = "", locale: str = "en") -> Reply:
    given = reply(COMMAND.run(ask(text, locale=locale), db))
    assert check(given.blocks) == []
    return given


def test_the_first_lines_are_the_onboardings_with_their_time(onboarding: Session) -> None:
    lines = answer(onboarding).text.splitlines()
    assert lines[0] == "Onboardings completed 2 · ▲ 100% · October 2026, all customers"
    assert lines[1] == "September 2026: 1"
    assert lines[2] == "Time to onboard 15.5 days (before: 30 days) · Activation rate 66.7% (before: 0%)"


def test_who_is_under_way_and_who_is_stuck_is_told(onboarding: Session) -> None:
    text = answer(onboarding).text
    assert "Under way on 31 Oct 2026\nIn progress: 2\nStalled, longer than 30 days: 1\n" in text
    assert "Stalled onboardings (1)\nGamma: Began 60 days ago: 0 of 1 person activated · 1 Sep 2026\n" in text
    assert "In progress (1)\nDelta: Day 10 of 30 · 21 Oct 2026\n" in text
    assert "Completed in the period (2)\nBeta: Onboarded in 21 days · 22 Oct 2026\n" in text


def test_the_picture_is_of_twelve_months(onboarding: Session) -> None:
    chart = answer(onboarding).chart
    assert chart is not None
    assert chart.id == "figure_trend"


def test_the_explanation_and_the_file_have_the_accounts(onboarding: Session) -> None:
    shown = modal(press(COMMAND, answer(onboarding), "onboarding.explain", ask(), onboarding))
    assert check(shown.blocks, surface="modal") == []
    assert "median over 2, between 10 days and 21 days" in str(shown.blocks)
    document = press(COMMAND, shown, "onboarding.csv", ask(), onboarding)
    assert isinstance(document, Document)
    assert document.content.decode("utf-8-sig").count("\n") == 5


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(onboarding: Session, locale: str) -> None:
    assert "15" in answer(onboarding, locale=locale).text


def test_an_empty_store_teaches(db_empty: Session) -> None:
    given = answer(db_empty)
    assert "latido import accounts.csv contacts.csv" in given.text
    assert given.chart is None


def test_nonsense_is_said_with_what_would_have_worked(onboarding: Session) -> None:
    with pytest.raises(NotUnderstood):
        COMMAND.run(ask("octobrrr"), onboarding)
