from dataclasses import replace
from fractions import Fraction

import pytest

from commands.churn import COMMAND
from commands.core.errors import NotUnderstood
from commands.core.reply import Reply
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from metrics.types import ChurnBand, ChurnBands, Definitions
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import labels, modal, press, reply


def answer(db: Session, text: str = "", locale: str = "en") -> Reply:
    given = reply(COMMAND.run(ask(text, locale=locale), db))
    assert check(given.blocks) == []
    return given


def test_the_first_lines_are_the_rate_the_count_and_how_to_take_it(company: Session) -> None:
    lines = answer(company).text.splitlines()
    assert lines[0] == "Logo churn 28.6% · ▲ 28.6\xa0pp · October 2026, all customers"
    assert lines[1] == "2 of 7 customers left · September 2026: 0% · 🔴 too high (normal: 3% to 5% a month)"
    assert lines[2] == "Adjusted logo churn 30.8% (before: 0%) · Annualised logo churn 98.2% (before: 0%)"


def test_money_lost_is_told_gross_and_net(company: Session) -> None:
    text = answer(company).text
    assert "Gross MRR churn 13.2% (before: 0%) · Net MRR churn 5.4% (before: 0%)" in text
    assert "MRR lost: $240 by churn, $100 by contraction" in text


def test_voluntary_and_involuntary_are_told_apart_with_the_reasons(company: Session) -> None:
    text = answer(company).text
    assert "Voluntary: 1 customer, $150 · Involuntary (payment failed): 1 customer, $90" in text
    assert "“=too expensive”: 1 customer, $150" in text


def test_the_biggest_losses_are_named(company: Session) -> None:
    assert "Biggest losses\nDelta SA −$150 (Churn: =too expensive)\nBeta Ltd −$100 (" in answer(company).text


def test_the_band_is_that_of_the_segment(company: Session) -> None:
    assert "🟢 low (normal: under 1% a month)" in answer(company, "enterprise").text
    chart = answer(company, "enterprise").chart
    assert chart is not None
    assert chart.data["band"] == [0.0, 0.01]


def test_the_companys_own_bands_come_first(company: Session) -> None:
    asked = ask("enterprise")
    bands = ChurnBands(None, {"Enterprise": ChurnBand(Fraction(0), Fraction(3, 100))})
    request = replace(asked, company=replace(asked.company, definitions=Definitions(churn_bands=bands)))
    card = reply(COMMAND.run(request, company))
    assert "🟢 low (normal: up to 3% a month)" in card.text
    assert card.chart is not None
    assert card.chart.data["band"] == [0.0, 0.03]
    assert card.chart.data["labels"]["band"] == "normal: up to 3% a month"


def test_a_longer_period_is_judged_by_its_mean_month(company: Session) -> None:
    text = answer(company, "12m").text
    assert "2 of 6 customers left" in text
    assert "2.8% a month on average: 🟢 low (normal: 3% to 5% a month)" in text


def test_a_running_month_is_not_judged_yet(company: Session) -> None:
    text = answer(company, "this month").text
    assert "so far, to 23 Nov" in text
    assert "normal: 3% to 5% a month" in text
    assert "great" not in text


def test_the_chart_has_twelve_months_of_both_rates(company: Session) -> None:
    chart = answer(company).chart
    assert chart is not None
    assert chart.title == "Logo churn rose from 0% to 28.6%"
    assert len(chart.data["months"]) == 12
    assert chart.data["logo"][-2:] == [0, 2857]
    assert chart.data["gross_mrr"][-1] == 1318
    assert chart.data["band"] == [0.03, 0.05]


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(company: Session, locale: str) -> None:
    assert "28" in answer(company, locale=locale).text


def test_an_empty_store_teaches(db_empty: Session) -> None:
    assert "latido import" in answer(db_empty).text


def test_nonsense_is_said(company: Session) -> None:
    with pytest.raises(NotUnderstood):
        COMMAND.run(ask("entreprise!!"), company)


def test_the_explanation_has_the_cards_own_numbers_and_only_losses(company: Session) -> None:
    shown = modal(press(COMMAND, answer(company), "churn.explain", ask(), company))
    assert check(shown.blocks, surface="modal") == []
    words = "\n".join(block["text"]["text"] for block in shown.blocks if block["type"] == "section")
    assert "= 2 ÷ 7 = 28.6%" in words
    assert "= ($240 + $100) ÷ $2,580 = 13.2%" in words
    assert "1 to 3 of 3" in words
    assert "Zeta" not in words


def test_the_accounts_behind_are_paged(crowd: Session) -> None:
    shown = modal(press(COMMAND, answer(crowd), "churn.explain", ask(), crowd))
    assert labels(shown.blocks)[-2:] == ["Next ›", "All as CSV"]
    second = modal(press(COMMAND, shown, "churn.explain.next", ask(), crowd))
    assert "11 to 20 of 25" in str(second.blocks)
    last = modal(press(COMMAND, second, "churn.explain.next", ask(), crowd))
    assert "21 to 25 of 25" in str(last.blocks)
    assert labels(last.blocks)[-2:] == ["‹ Previous", "All as CSV"]
    assert modal(press(COMMAND, last, "churn.explain.back", ask(), crowd)) == second


def test_it_is_shared_as_asked(company: Session) -> None:
    card = answer(company, "smb 2026-Q4")
    shared = reply(press(COMMAND, card, "churn.share", ask(), company))
    assert (shared.shared, shared.text) == (True, card.text)
