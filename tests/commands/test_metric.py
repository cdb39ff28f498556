from dataclasses import replace
from fractions import Fraction

import pytest

from commands.core.errors import NotUnderstood
from commands.core.reply import Document, Reply
from commands.metric import COMMAND
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from metrics.formulas import all_metrics
from metrics.types import ChurnBand, ChurnBands, Definitions
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import labels, modal, press, reply


def answer(db: Session, text: str = "", locale: str = "en") -> Reply:
    given = reply(COMMAND.run(ask(text, locale=locale), db))
    assert check(given.blocks) == []
    return given


@pytest.mark.parametrize("text", ["nrr", "NRR", "Net revenue retention", "net-revenue retention"])
def test_a_figure_is_known_by_its_id_and_its_title(company: Session, text: str) -> None:
    first, second = answer(company, text).text.splitlines()[:2]
    assert first == "Net revenue retention 94.6% · ▼ 5.4\xa0pp · October 2026, all customers"
    assert second == "September 2026: 100%"


def test_a_title_may_be_in_the_readers_language(company: Session) -> None:
    assert "448,33" in answer(company, "ARPA octubre", "es").text
    assert answer(company, "clientes octubre", "es").text.startswith("Clientes 6")


def test_period_segment_and_plan_follow(company: Session) -> None:
    assert "Q3 2026, segment smb, plan Basic" in answer(company, "customers q3 smb plan:basic").text


def test_a_grade_says_the_band_where_the_company_has_its_own(company: Session) -> None:
    assert answer(company, "logo_churn").text.startswith("Logo churn 28.6% · ▲ 28.6\xa0pp · 🔴 bad · October 2026")
    asked = ask("logo_churn 12m")
    bands = ChurnBands(ChurnBand(Fraction(1, 100), Fraction(2, 100)))
    request = replace(asked, company=replace(asked.company, definitions=Definitions(churn_bands=bands)))
    assert " · 🔴 bad (normal: 1% to 2% a month) · " in reply(COMMAND.run(request, company)).text


def test_it_has_twelve_months_and_its_finding(company: Session) -> None:
    chart = answer(company, "customers").chart
    assert chart is not None
    assert len(chart.data["months"]) == 12
    assert chart.data["series"][0]["values"][-1] == 6


def test_without_a_name_all_figures_are_listed(company: Session) -> None:
    text = answer(company).text
    assert [name for name in all_metrics() if f"{name}: " not in text] == []


@pytest.mark.parametrize(
    ("text", "offered"), [("quik", "/metric quick_ratio"), ("logo_chrn 12m", "/metric logo_churn 12m")]
)
def test_an_unknown_name_is_answered_with_the_nearest(company: Session, text: str, offered: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        COMMAND.run(ask(text), company)
    assert offered in refused.value.suggestions


def test_nonsense_after_the_name_is_answered_with_a_command_that_works(company: Session) -> None:
    with pytest.raises(NotUnderstood) as refused:
        COMMAND.run(ask("nrr lst month"), company)
    assert "/metric nrr last month" in refused.value.suggestions


def test_its_buttons_are_about_the_same_figure(company: Session) -> None:
    card = answer(company, "arpa smb")
    assert labels(card.blocks)[0] == "‹ September 2026"
    before = reply(press(COMMAND, card, "metric.earlier", ask(), company))
    assert before.text.startswith("ARPA $160")
    assert before.replace
    assert "segment smb" in before.text
    shown = modal(press(COMMAND, card, "metric.explain", ask(), company))
    assert "*ARPA: $183.33*" in str(shown.blocks)
    shared = reply(press(COMMAND, card, "metric.share", ask(), company))
    assert (shared.shared, shared.text) == (True, card.text)


def test_its_file_is_there_for_buttons_of_later_days(company: Session) -> None:
    action = next(action for action in COMMAND.actions if action.id == "metric.csv")
    document = action.run(ask("1 0 nrr 2026-10"), company)
    assert isinstance(document, Document)
    assert document.filename == "metric-2026-10.csv"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_figure_answers_in_every_language(company: Session, locale: str) -> None:
    assert [name for name in all_metrics() if not answer(company, name, locale).text] == []


def test_an_empty_store_teaches_whatever_the_figure(db_empty: Session) -> None:
    assert [name for name in all_metrics() if "latido import" not in answer(db_empty, name).text] == []
