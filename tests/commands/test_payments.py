from collections.abc import Callable
from datetime import date

import pytest

from commands.core.reply import Reply
from commands.payments import COMMAND
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from storage.queries import tables
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import modal, press, reply
from tests.storage.queries import rows


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


@pytest.fixture
def recovering(company: Session) -> Session:
    """Two payments that failed in November and were made after all, one of them after three attempts."""
    for key, paid_on, attempts in (("i8", date(2026, 11, 6), None), ("i9", date(2026, 11, 12), 3)):
        rows.add(
            company, "invoice", key=key, account_id=1, amount=12_000, currency="USD", due_on=date(2026, 11, 1),
            failed_on=date(2026, 11, 2), paid_on=paid_on, status="paid", attempts=attempts,
        )  # fmt: skip
    return company


def test_how_many_were_recovered_and_how_fast_are_figures(recovering: Session) -> None:
    card = answer(recovering, "this month")
    assert "Payment recovery rate 66.7% (before: n/a) · Days to recover a payment 7 days (before: n/a)" in card.text
    shown = modal(press(COMMAND, card, "payments.explain", ask(), recovering))
    assert "2 ÷ 3 = 66.7%" in str(shown.blocks)
    assert "the share that was paid by its end" in str(shown.blocks)


def test_whoever_paid_after_all_is_told_with_how_long_it_took(recovering: Session) -> None:
    text = answer(recovering, "this month").text
    assert "Accounts that paid after all (1)\nAcme Corp: $240 paid on 12 Nov 2026, after 10 days and 3 attempts" in text


def test_the_card_looks_as_it_was_approved(recovering: Session, golden: Callable[[str, object], None]) -> None:
    card = answer(recovering, "this month")
    golden("cards/payments", {"text": card.text, "blocks": card.blocks})
