import csv
from datetime import date
from io import StringIO

import pytest

from commands.core.button_values import packed
from commands.core.reply import Document, Modal
from commands.metric import COMMAND, export_accounts, show_accounts
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from metrics.formulas import all_metrics
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import labels, modal, press, reply
from tests.storage.queries import rows


def shown(db: Session, question: str, page: int = 0, locale: str = "en") -> Modal:
    found = modal(show_accounts(ask(packed(question, page), locale=locale), db))
    assert check(found.blocks) == []
    return found


def words(found: Modal) -> list[str]:
    return "\n".join(block["text"]["text"] for block in found.blocks if block["type"] == "section").splitlines()


def table(db: Session, question: str) -> list[dict[str, str]]:
    given = export_accounts(ask(packed(question)), db)
    return list(csv.DictReader(StringIO(given.content.decode("utf-8-sig"))))


def test_each_figure_of_an_explanation_leads_to_its_accounts(company: Session) -> None:
    card = reply(COMMAND.run(ask("lost_customers"), company))
    explained = modal(press(COMMAND, card, "metric.explain", ask(), company))
    found = modal(press(COMMAND, explained, "metric.accounts", ask(), company))
    assert words(found)[0].startswith("*Lost customers 2 · October 2026, all customers*")


def test_an_account_is_told_with_its_numbers_and_the_figure_without_it(crowd: Session) -> None:
    said = words(shown(crowd, "logo_churn 2026-10"))
    assert said[:4] == [
        "*Logo churn 55.6% · October 2026, all customers*",
        "= customers lost ÷ customers at opening",
        "25 ÷ 45 = 55.6%",
        "*Accounts: 1 to 10 of 45, those first that move it most*",
    ]
    assert said[4] == "*Customer 0*: 0 ÷ 1 = 0% · without it 56.8%"


def test_a_number_that_is_its_own_formula_is_told_once(crowd: Session) -> None:
    assert words(shown(crowd, "lost_customers 2026-10"))[4] == "*Customer 20*: 1 · without it 24"


def test_pages_go_back_and_forth(crowd: Session) -> None:
    first = shown(crowd, "lost_customers 2026-10")
    assert labels(first.blocks) == ["Next ›", "All as CSV"]
    second = modal(press(COMMAND, first, "metric.accounts.next", ask(), crowd))
    assert labels(second.blocks) == ["‹ Previous", "Next ›", "All as CSV"]
    last = modal(press(COMMAND, second, "metric.accounts.next", ask(), crowd))
    assert "*Accounts: 21 to 25 of 25, those first that move it most*" in words(last)
    back = modal(press(COMMAND, last, "metric.accounts.back", ask(), crowd))
    assert words(back) == words(second)
    assert words(shown(crowd, "lost_customers 2026-10", page=99)) == words(last)


def test_the_file_has_all_of_them_with_exact_numbers(crowd: Session) -> None:
    rows = table(crowd, "arpa 2026-10")
    assert len(rows) == 20
    assert rows[0].keys() == {
        *("account_id", "name", "segment", "csm", "closing", "customers_closing", "arpa", "arpa_without", "currency")
    }
    assert {row["csm"] for row in rows} == {"crowd@example.com"}
    assert {row["currency"] for row in rows} == {"USD"}
    assert sum(float(row["arpa"]) for row in rows) == sum(10 + n for n in range(20))


def test_a_negative_fraction_is_a_number_to_a_spreadsheet(company: Session) -> None:
    rows = table(company, "net_mrr_churn 2026")
    values = [row["net_mrr_churn"] for row in rows if row["net_mrr_churn"]]
    assert values
    assert all(float(value) <= 1 for value in values)


def test_what_names_no_account_is_told_of(company: Session) -> None:
    rows.add(company, "lead", key="l1", created_on=date(2026, 10, 5), account_id=None)
    leads = shown(company, "leads 2026")
    assert any("names no account" in str(block) for block in leads.blocks)
    assert not any("names no account" in str(block) for block in shown(company, "nrr 2026").blocks)


def test_nothing_behind_a_figure_is_said(crowd: Session) -> None:
    assert "No account stands behind this figure." in words(shown(crowd, "renewal_rate 2026-10"))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_figure_is_told_in_every_language(company: Session, locale: str) -> None:
    for metric_id in all_metrics():
        assert shown(company, f"{metric_id} 2026-10", locale=locale).blocks
        given = export_accounts(ask(packed(f"{metric_id} 2026-10"), locale=locale), company)
        assert isinstance(given, Document)
