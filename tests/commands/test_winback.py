"""/latido winback: whom to win back, best first, and who came back."""

import csv
from dataclasses import asdict
from datetime import date
from io import StringIO
from typing import Any

import pytest

from commands.core.errors import UserError
from commands.core.reply import Document, Reply
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from commands.winback import COMMAND, TOPIC
from metrics.types import EndReason
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.commands.pressing import modal, press, reply
from tests.storage.queries import rows


def ended(day: date, amount: int, reason: EndReason, detail: str = "") -> Any:
    return rows.paid(date(2025, 1, 1), day, amount, end_reason=reason, end_detail=detail or None)


@pytest.fixture
def book(company: Session) -> Session:
    """The company's two churned accounts (Delta for 150, Epsilon for 90), and others that left or came back."""
    for name, paid in {
        "Dear": [ended(date(2026, 8, 1), 30_000, EndReason.VOLUNTARY, "budget cut")],
        "Closed": [ended(date(2026, 9, 1), 90_000, EndReason.OTHER, "company closed")],
        "Returned": [
            ended(date(2026, 6, 1), 20_000, EndReason.PAYMENT_FAILURE, "card expired"),
            rows.paid(date(2026, 10, 20), None, 22_000),
        ],
    }.items():
        rows.subscribe(company, rows.account(company, name, key=name.lower(), segment="mid"), *paid)
    return company


def answer(db: Session, text: str = "", locale: str = "en") -> Reply:
    given = reply(COMMAND.run(ask(text, locale=locale), db))
    assert check(given.blocks) == []
    return given


def test_the_first_line_is_what_was_won_back(book: Session) -> None:
    lines = answer(book).text.splitlines()
    assert lines[0].startswith("Reactivation MRR $220 · ")
    assert lines[0].endswith("October 2026, all customers")


def test_the_best_come_first_with_why_they_left(book: Session) -> None:
    text = answer(book).text
    start = text.index("Worth winning back")
    assert text[start:].splitlines()[:4] == [
        "Worth winning back, left in the last 365 days, with the MRR that was lost (3)",
        "Dear: price (“budget cut”); its use is not known · MRR $300 · 1 Aug 2026",
        "Epsilon: payment failed; its use is not known · MRR $90 · 20 Oct 2026",
        "Delta SA: price (“=too expensive”); its use is not known · MRR $150 · 15 Oct 2026",
    ]


def test_each_reason_says_what_to_say_and_how_the_order_comes_about(book: Session) -> None:
    text = answer(book).text
    assert "(ordered by lost MRR × chance, our own estimate)\nprice: 2 accounts · $450 · chance 20% · Offer" in text
    assert "payment failed: 1 account · $90 · chance 50% · They did not want to leave" in text


def test_whoever_is_lost_for_good_is_left_out_and_counted(book: Session) -> None:
    text = answer(book).text
    assert "Lost for good: business closed, or a playbook that ended as lost: 1 account · $900" in text
    assert "Closed:" not in text


def test_whoever_came_back_is_told_with_how_long_they_were_away(book: Session) -> None:
    text = answer(book).text
    assert "Returned: away for 141 days, had left for: payment failed (“card expired”) · MRR $220 · 20 Oct" in text
    assert "Came back in the period" not in answer(book, "this month").text


def test_it_does_not_depend_on_the_period_and_a_segment_narrows_it(book: Session) -> None:
    assert "Epsilon: payment failed" in answer(book, "2026-01").text
    mid = answer(book, "mid").text
    assert "Dear" in mid
    assert "Epsilon" not in mid


def test_nobody_to_win_back_is_said(db_empty: Session) -> None:
    rows.subscribe(db_empty, rows.account(db_empty), rows.paid(date(2026, 1, 1)))
    rows.add(db_empty, "data_load", entity="subscriptions", loaded_at=NOW)
    assert "Nobody who left in the last 365 days is worth winning back" in answer(db_empty).text


@pytest.mark.parametrize("locale", LOCALES)
def test_an_empty_store_teaches(db_empty: Session, locale: str) -> None:
    given = answer(db_empty, locale=locale)
    assert "latido import" in given.text
    assert given.chart is None


def test_a_missing_rate_is_named_with_what_mends_it(rateless: Session) -> None:
    with pytest.raises(UserError) as caught:
        COMMAND.run(ask(), rateless)
    assert "latido import fx_rates.csv" in ask().t(caught.value.sentence)


def test_all_of_them_are_a_file(book: Session) -> None:
    shown = modal(press(COMMAND, answer(book), "winback.explain", ask(), book))
    document = press(COMMAND, shown, "winback.csv", ask(), book)
    assert isinstance(document, Document)
    found = list(csv.DictReader(StringIO(document.content.decode("utf-8-sig"))))
    assert [(row["account_id"], row["mrr"]) for row in found] == [
        ("dear", "300.00"),
        ("a6", "90.00"),
        ("a5", "150.00"),
        ("returned", "220.00"),
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(book: Session, locale: str) -> None:
    assert "Epsilon" in answer(book, locale=locale).text


def test_the_card_looks_as_it_was_approved(book: Session, golden: Any) -> None:
    card = answer(book)
    chart = card.chart and asdict(card.chart)
    golden("cards/winback", {"text": card.text, "blocks": card.blocks, "chart": chart})


def test_the_topic_is_the_same_on_every_day() -> None:
    assert TOPIC.command == COMMAND.id
