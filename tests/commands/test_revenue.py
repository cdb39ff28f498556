import pytest

from commands.core.reply import Document, Reply
from commands.revenue import COMMAND
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


def test_the_first_line_is_what_a_customer_pays(company: Session) -> None:
    lines = answer(company).text.splitlines()
    assert lines[0] == "ARPA $448.33 · ▲ 21.6% · October 2026, all customers"
    assert lines[1] == "September 2026: $368.57"


def test_value_and_retention_stand_beside_the_month_before(company: Session) -> None:
    text = answer(company).text
    assert "ARPU $153.85 (before: n/a) · ARR $32,280 (before: $30,960)" in text
    assert "CLV $18,830 (before: $22,114.29)" in text
    assert "Net revenue retention, 12 months 94.4% (before: 100%)" in text
    assert "Quick ratio 132.4% (before: n/a)" in text


def test_costs_are_told_once_there_are_any(company: Session) -> None:
    assert "CRC" not in answer(company).text
    day = ask().now.date().replace(month=10)
    rows.add(company, "cost", key="k", day=day, category="people", amount=65_000, currency="USD")
    text = answer(company).text
    assert "CRC $650 (before: n/a) · CRC per customer $100 (before: n/a) · CRC share of MRR 25.2%" in text
    assert "CLV : CRC 15.69 (before: n/a)" in text  # 18,830 over 12 × 100


def test_it_says_what_clv_rests_on_and_where_the_lifetime_is_capped(company: Session) -> None:
    assert "Expected lifetime: 42 months · mean logo churn of the last twelve full months: 2.4%" in answer(company).text
    september = answer(company, "september").text
    assert "Expected lifetime: 60 months · capped: nobody left in the last twelve full months" in september


def test_segments_and_plans_add_up_in_the_companys_currency(company: Session) -> None:
    text = answer(company).text
    assert "enterprise: $1,700 · 2 customers · 63.2% of MRR\nsmb: $550 · 3 customers" in text
    assert "mid: $440 · 1 customer · 16.4% of MRR" in text  # 400 euros
    assert "Pro: $2,140 · 3 customers · 79.6% of MRR\nBasic: $550 · 3 customers" in text


def test_the_largest_accounts_are_named(company: Session) -> None:
    assert "Largest accounts (6)\nAcme Corp: 44.6% of MRR · MRR $1,200" in answer(company).text


def test_a_part_of_the_company_may_be_asked_for(company: Session) -> None:
    text = answer(company, "enterprise").text
    assert text.startswith("ARPA $850 · ▲ 13.3% · October 2026, segment enterprise")
    assert "MRR by segment" not in text


def test_the_explanation_has_the_cards_own_numbers(company: Session) -> None:
    shown = modal(press(COMMAND, answer(company), "revenue.explain", ask(), company))
    words = "\n".join(block["text"]["text"] for block in shown.blocks if block["type"] == "section")
    assert "= $2,690 ÷ 6 × 100% × 42 = $18,830" in words
    assert "= $1,000 ÷ ((7 + 6) ÷ 2) = $153.85" in words


def test_all_customers_are_a_file(company: Session) -> None:
    shown = modal(press(COMMAND, answer(company), "revenue.explain", ask(), company))
    document = press(COMMAND, shown, "revenue.csv", ask(), company)
    assert isinstance(document, Document)
    assert document.content.decode("utf-8-sig").count("\n") == 1 + 6


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(company: Session, locale: str) -> None:
    assert "44" in answer(company, locale=locale).text


@pytest.mark.parametrize("locale", LOCALES)
def test_an_empty_store_teaches(db_empty: Session, locale: str) -> None:
    given = answer(db_empty, locale=locale)
    assert "latido import" in given.text
    assert given.chart is None


def test_a_time_before_all_customers_has_no_lifetime(company: Session) -> None:
    assert "CLV" not in answer(company, "2020").text
