"""/renewals: what became of the renewals that were due, and which are coming, worst first."""

import csv
from datetime import date, timedelta
from fractions import Fraction
from io import StringIO

import pytest

from commands.core.errors import UserError
from commands.core.reply import Document, Reply
from commands.core.request import Request
from commands.renewals import COMMAND, TOPIC
from commands.ui.text import LOCALES
from metrics.types import Band, HealthScore
from storage.queries.accounts import search
from storage.queries.snapshots import record
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.commands.pressing import modal, press, reply
from tests.storage.queries import rows

TODAY = NOW.date()
DUE = date(2026, 10, 12)


@pytest.fixture
def book(company: Session) -> Session:
    """The company with three renewals in October and one that is coming soon in poor health."""
    for name, paid in {
        "Stays": [rows.paid(date(2025, 1, 1), amount=10_000)],
        "Leaves": [rows.paid(date(2025, 1, 1), DUE, amount=20_000)],
        "Raises": [rows.paid(date(2025, 1, 1), DUE, amount=30_000), rows.paid(DUE, amount=33_000)],
    }.items():
        account = rows.account(company, name, segment="smb")
        rows.add(company, "renewal", account_id=account, due_on=DUE)
        rows.subscribe(company, account, *paid)
    poor = rows.account(company, "Soon", key="soon")
    rows.add(company, "renewal", account_id=poor, due_on=TODAY + timedelta(days=10))
    rows.subscribe(company, poor, rows.paid(date(2025, 1, 1), amount=40_000))
    record(company, TODAY, [(poor, HealthScore(25, Band.POOR, Fraction(1), ()))])
    return company


def account_of(db: Session, name: str) -> int:
    found = search(db, name).hit
    assert found is not None
    return found.id


def answer(db: Session, text: str = "", request: Request | None = None) -> Reply:
    given = COMMAND.run(request or ask(text), db)
    assert isinstance(given, Reply)
    return given


def test_the_first_line_is_the_answer(book: Session) -> None:
    lines = answer(book).text.splitlines()
    assert lines[0] == "Renewal rate 66.7% · October 2026, all customers"
    assert lines[1] == "September 2026: n/a"
    assert lines[2] == "Renewed MRR $400 (before: n/a)"


def test_what_became_of_those_that_were_due_is_told(book: Session) -> None:
    assert (
        "What became of the renewals due\n"
        "Renewed: 2 renewals · $400\n"
        "Lost: 1 renewal · −$200\n"
        "Renewed at a higher price: 1 renewal · $30\n"
        "Renewed unchanged: 1 renewal · $100"
    ) in answer(book).text


def test_those_that_are_coming_are_counted_by_health_from_today_on(book: Session) -> None:
    text = answer(book).text
    assert "Within 30 days: 1 customer, MRR $400 · poor health 1 ($400)\n" in text
    assert "Within 90 days: 2 customers, MRR $1,600 · poor health 1 ($400) · unknown 1 ($1,200)" in text


def test_the_picture_is_what_is_coming_whether_or_not_any_was_due_before(book: Session, company: Session) -> None:
    chart, without_past = answer(book, "q3").chart, answer(company).chart
    assert chart is not None
    assert without_past is not None
    assert (chart.id, chart.title) == ("stacked_columns", "$400 of $1,600 due in 90 days is in poor health")
    assert without_past.id == "stacked_columns"


def test_the_picture_is_of_the_book_and_in_the_currency_of_the_card(book: Session) -> None:
    chart = answer(book, "enterprise eur").chart
    assert chart is not None
    assert chart.title.startswith("Health is unknown for €")
    assert chart.data["labels"]["caption"] == "MRR up for renewal by health, segment enterprise, in EUR"


def test_where_nothing_is_coming_the_picture_is_how_renewals_turned_out(book: Session) -> None:
    rows.add(book, "renewal", account_id=account_of(book, "Stays"), due_on=date(2026, 9, 12))
    chart = answer(book, "smb").chart
    assert chart is not None
    assert (chart.id, chart.title) == ("figure_trend", "Renewal rate down from 100% to 66.7% in 1 month")


def test_the_worst_of_them_is_named_first(book: Session) -> None:
    assert (
        "Coming renewals (2)\n"
        "Soon: due in 10 days, health 25 / 100 · MRR $400 · 3 Dec 2026\n"
        "Acme Corp: due in 50 days, health unknown · MRR $1,200 · 12 Jan 2027"
    ) in answer(book).text


def test_what_is_coming_does_not_depend_on_the_period(book: Session) -> None:
    for text in ("september", "2026-Q3", "this month"):
        assert "Soon: due in 10 days" in answer(book, text).text


def test_a_month_without_any_renewal_still_tells_what_is_coming(company: Session) -> None:
    text = answer(company).text
    assert text.startswith("Renewal rate n/a · October 2026")
    assert "Acme Corp: due in 50 days" in text


def test_a_segment_narrows_it_down(book: Session) -> None:
    text = answer(book, "smb").text
    assert "Renewal rate 66.7%" in text
    assert "No renewal is due in the next 90 days." in text


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(book: Session, locale: str) -> None:
    assert "66" in answer(book, request=ask(locale=locale)).text


def test_an_empty_store_teaches(db_empty: Session) -> None:
    given = answer(db_empty)
    assert "renewal_on" in given.text
    assert "latido import" in given.text
    assert given.chart is None


def test_a_missing_rate_is_named_with_what_mends_it(rateless: Session) -> None:
    with pytest.raises(UserError) as caught:
        COMMAND.run(ask(), rateless)
    assert "latido import fx_rates.csv" in ask().t(caught.value.sentence)


def test_its_buttons_explain_step_and_share_the_same_list(book: Session) -> None:
    card = answer(book)
    shown = modal(press(COMMAND, card, "renewals.explain", ask(), book))
    assert "2 ÷ 3 = 66.7%" in str(shown.blocks)
    assert "Soon" in str(shown.blocks)
    later = reply(press(COMMAND, card, "renewals.later", ask(), book))
    assert later.replace
    assert "Soon: due in 10 days" in later.text
    assert "Soon: due in 10 days" in reply(press(COMMAND, card, "renewals.share", ask(), book)).text


def test_the_coming_renewals_are_a_file(book: Session) -> None:
    shown = modal(press(COMMAND, answer(book), "renewals.explain", ask(), book))
    document = press(COMMAND, shown, "renewals.csv", ask(), book)
    assert isinstance(document, Document)
    found = list(csv.DictReader(StringIO(document.content.decode("utf-8-sig"))))
    coming = [row for row in found if row["list"] == "Coming renewals"]
    assert [(row["account_id"], row["mrr"], row["day"]) for row in coming] == [
        ("soon", "400.00", "2026-12-03"),
        ("a1", "1200.00", "2027-01-12"),
    ]
    assert coming[1]["csm"] == "ana@example.com"
    assert [row["name"] for row in found if row["list"] == "Overdue decisions"] == [
        *("Raises", "Beta Ltd", "Stays"),
    ]


@pytest.fixture
def forgotten(book: Session) -> Session:
    """The book with a customer in it who still pays, twenty days after a renewal that nobody has told the end of."""
    account = rows.account(book, "Forgotten", key="forgotten", segment="mid")
    rows.add(book, "renewal", account_id=account, due_on=TODAY - timedelta(days=20))
    rows.subscribe(book, account, rows.paid(date(2025, 1, 1), amount=70_000))
    return book


def test_renewals_whose_day_has_passed_without_a_word_are_named_with_what_to_do(forgotten: Session) -> None:
    told = (
        "Forgotten: due 20 days ago, still paying, health unknown: ask what was decided, then import the new renewal "
        "day or the end · MRR $700 · 3 Nov 2026"
    )
    assert f"Overdue decisions (1)\n{told}\n" in answer(forgotten, "mid").text
    assert told in answer(forgotten, "september").text
    shown = modal(press(COMMAND, answer(forgotten, "mid"), "renewals.explain", ask(), forgotten))
    document = press(COMMAND, shown, "renewals.csv", ask(), forgotten)
    assert isinstance(document, Document)
    (row,) = csv.DictReader(StringIO(document.content.decode("utf-8-sig")))
    assert (row["list"], row["account_id"], row["mrr"], row["day"]) == (
        *("Overdue decisions", "forgotten", "700.00", "2026-11-03"),
    )
    assert row["why"].endswith("ask what was decided, then import the new renewal day or the end")


def test_the_topic_is_the_same_on_every_day() -> None:
    assert TOPIC.command == COMMAND.id == "renewals"
