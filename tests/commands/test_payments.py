import pytest

from commands.core.reply import Reply
from commands.payments import COMMAND
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from storage.queries import tables
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import modal, press, reply


def answer(db: Session, text: str = "", locale: str = "en") -> Reply:
    given = reply(COMMAND.run(ask(text, locale=locale), db))
    assert check(given.blocks) == []
    return given


def test_the_first_line_is_what_failed_payments_cost(company: Session) -> None:
    lines = answer(company).text.splitlines()
    assert lines[0] == "Involuntary MRR churn 3.5% · ▲ 3.5\xa0pp · October 2026, all customers"
    assert "MRR churn 9.3% (before: 0%)" in lines


def test_what_fails_is_told_with_the_mrr_at_stake(company: Session) -> None:
    text = answer(company, "this month").text
    assert (
        "Failed payments still open on 23 Nov 2026\nUnpaid: 1 invoice · $200\nMRR at stake: $200 · 1 customer" in text
    )
    assert "Failing for 8 to 30 days: 1 invoice · $200" in text
    assert "Beta Ltd: 1 invoice, $200, failing for 18 days · MRR $200 · 5 Nov 2026" in text


def test_a_month_in_which_nothing_failed_says_so(company: Session) -> None:
    assert "Failed payments still open on 31 Oct 2026\nNo payment is failing." in answer(company).text


def test_without_invoices_it_teaches_how_to_import_them(company: Session) -> None:
    company.connection().execute(tables.invoice.delete())
    text = answer(company).text
    assert "latido import invoices.csv" in text
    assert "No payment is failing." not in text


def test_the_accounts_behind_are_in_the_explanation(company: Session) -> None:
    shown = modal(press(COMMAND, answer(company, "this month"), "payments.explain", ask(), company))
    assert "Beta Ltd" in str(shown.blocks)


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(company: Session, locale: str) -> None:
    assert "3" in answer(company, "this month", locale=locale).text


@pytest.mark.parametrize("locale", LOCALES)
def test_an_empty_store_teaches(db_empty: Session, locale: str) -> None:
    given = answer(db_empty, locale=locale)
    assert "latido import" in given.text
    assert given.chart is None
