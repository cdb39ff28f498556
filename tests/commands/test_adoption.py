from datetime import date, timedelta

import pytest

from commands.adoption import COMMAND
from commands.core.errors import NotUnderstood
from commands.core.reply import Document, Reply
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import modal, press, reply
from tests.storage.queries import rows

LAST = date(2026, 10, 31)


@pytest.fixture
def used(db_empty: Session) -> Session:
    """Acme uses two features every day, half as much as before; Beta uses one, once; Gamma none."""
    for name, segment, amount in (("Acme", "enterprise", 120_000), ("Beta", "smb", 30_000), ("Gamma", "smb", 10_000)):
        account_id = rows.account(db_empty, name, segment=segment)
        rows.subscribe(db_empty, account_id, rows.paid(date(2025, 1, 1), amount=amount))
        if name == "Acme":
            for days in range(56):
                day, sessions = LAST - timedelta(days=days), 1 if days < 28 else 2
                rows.used(db_empty, account_id, day, "ana", "reports", sessions=sessions, minutes=10)
                rows.used(db_empty, account_id, day, "ana", "a <b> & *c*", sessions=0, events=1)
        if name == "Beta":
            rows.used(db_empty, account_id, LAST, "bob", "reports", sessions=4)
    return db_empty


def answer(db: Session, text: str = "", locale: str = "en") -> Reply:
    given = reply(COMMAND.run(ask(text, locale=locale), db))
    assert check(given.blocks) == []
    return given


def test_the_first_lines_are_adoption_and_the_other_figures(used: Session) -> None:
    lines = answer(used).text.splitlines()
    assert lines[0].startswith("Product adoption 50% · ▲ ")
    assert lines[0].endswith(" · October 2026, all customers")
    assert any(line.startswith("Stickiness 51.8%") and "Usage trend −42.9%" in line for line in lines)
    assert any(line.startswith("Sessions per user and week 6.4") for line in lines)


def test_features_and_people_are_told(used: Session) -> None:
    text = answer(used).text
    assert "People: 2\nMinutes per user and week: 56\n" in text
    assert "Use of each feature, 4 Oct 2026 to 31 Oct 2026\nreports: 2 customers · 66.7%\n" in text
    assert "a <b> & *c*: 1 customer · 33.3%\n" in text


def test_whom_to_call_is_told(used: Session) -> None:
    text = answer(used).text
    assert "Use fell most (1)\nAcme: 50% less: 28 sessions, 56 in the 28 days before · MRR $1,200\n" in text
    assert "Using one feature only (1)\nBeta: Uses reports only · MRR $300\n" in text


def test_a_segment_narrows_it_down(used: Session) -> None:
    assert answer(used, "enterprise").text.startswith("Product adoption 100%")


def test_the_picture_has_a_bar_for_each_feature(used: Session) -> None:
    chart = answer(used).chart
    assert chart is not None
    assert chart.title == "reports is used by 66.7% of customers, a <b> & *c* by 33.3%"
    assert [(row["label"], row["value"]) for row in chart.data["rows"]] == [("reports", "2/3"), ("a <b> & *c*", "1/3")]


def test_a_single_feature_is_compared_with_no_other(db_empty: Session) -> None:
    account_id = rows.account(db_empty)
    rows.subscribe(db_empty, account_id, rows.paid(date(2025, 1, 1)))
    rows.used(db_empty, account_id, LAST, feature="reports")
    chart = answer(db_empty).chart
    assert chart is not None
    assert chart.title == "reports is used by 100% of customers"


def test_use_without_features_has_no_picture(db_empty: Session) -> None:
    account_id = rows.account(db_empty)
    rows.subscribe(db_empty, account_id, rows.paid(date(2025, 1, 1)))
    rows.used(db_empty, account_id, LAST, "ana", sessions=3)
    given = answer(db_empty)
    assert given.chart is None
    assert given.text.startswith("Product adoption n/a · October 2026")


def test_the_explanation_and_the_file_have_the_accounts(used: Session) -> None:
    card = answer(used)
    shown = modal(press(COMMAND, card, "adoption.explain", ask(), used))
    assert check(shown.blocks, surface="modal") == []
    assert "= 3 ÷ (2 × 3) = 50%" in str(shown.blocks)
    document = press(COMMAND, shown, "adoption.csv", ask(), used)
    assert isinstance(document, Document)
    assert "Acme" in document.content.decode("utf-8-sig")


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(used: Session, locale: str) -> None:
    assert "50" in answer(used, locale=locale).text


def test_an_empty_store_teaches(db_empty: Session) -> None:
    given = answer(db_empty)
    assert "latido import usage.csv" in given.text
    assert given.chart is None


def test_nonsense_is_said_with_what_would_have_worked(used: Session) -> None:
    with pytest.raises(NotUnderstood):
        COMMAND.run(ask("octobrrr"), used)
