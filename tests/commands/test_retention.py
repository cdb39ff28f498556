"""/retention: who stays, what they pay, and how long customers remain."""

from datetime import date

import pytest

from commands.core.errors import NotUnderstood, UserError
from commands.core.reply import Reply
from commands.core.request import Request
from commands.retention import COMMAND
from commands.ui.charts.heat_map import CHART
from commands.ui.text import LOCALES
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import labels, modal, press, reply
from tests.storage.queries import rows


def answer(db: Session, text: str = "", request: Request | None = None) -> Reply:
    given = COMMAND.run(request or ask(text), db)
    assert isinstance(given, Reply)
    return given


def test_the_first_line_is_the_answer(company: Session) -> None:
    lines = answer(company).text.splitlines()
    assert lines[0] == "Net revenue retention 94.6% · ▼ 5.4\u00a0pp · October 2026, all customers"
    assert lines[1] == "September 2026: 100%"


def test_money_customers_and_the_year_stand_beside_it(company: Session) -> None:
    text = answer(company).text
    assert "Gross revenue retention 86.8% (before: 100%) · Retention rate 71.4% (before: 100%)" in text
    assert "94.4% (before: 100%)" in text
    assert "86.3% (before: 100%)" in text
    assert "Logo churn 28.6% (before: 0%)" in text


def test_the_renewal_rate_stands_on_it_where_any_was_due(company: Session) -> None:
    assert "Renewal rate" not in answer(company).text
    assert "Renewal rate 100% (before: n/a)" in answer(company, "this month").text


def test_segments_are_told_the_worst_first(company: Session) -> None:
    text = answer(company).text
    assert (
        "Net revenue retention by segment\n"
        "smb: 46.9% · GRR 46.9% · 50% of customers kept\n"
        "mid: 100% · GRR 100% · 100% of customers kept\n"
        "enterprise: 113.3% · GRR 100% · 100% of customers kept"
    ) in text
    assert "by segment" not in answer(company, "enterprise").text


def test_customers_without_a_segment_are_told_as_such(company: Session) -> None:
    rows.subscribe(company, rows.account(company), rows.paid(date(2025, 1, 1)))
    assert "no segment: 100% · GRR 100% · 100% of customers kept" in answer(company).text


def test_ages_tell_who_is_still_there(company: Session) -> None:
    leaver = rows.account(company, segment="smb")
    rows.subscribe(company, leaver, rows.paid(date(2026, 2, 3), date(2026, 4, 3), amount=10_000))
    text = answer(company).text
    assert "After 1 month: 100% of accounts · 100% of MRR" in text
    assert "After 3 months: 87.5% of accounts" in text


def test_the_picture_is_the_cohorts_by_accounts(company: Session) -> None:
    leaver = rows.account(company)
    rows.subscribe(company, leaver, rows.paid(date(2026, 2, 3), date(2026, 4, 3)))
    chart = answer(company).chart
    assert chart is not None
    assert (chart.id, chart.title) == ("heat_map", "After 6 months 50% of the accounts won are still there")
    assert chart.data["rows"] == ["Feb 2026", "Oct 2026"]
    assert len(chart.data["columns"]) == 12
    assert chart.data["cells"][0] == [1000, 1000, *[500] * 7, None, None, None]
    assert chart.data["cells"][1] == [1000, *[None] * 11]
    assert chart.title in chart.alt
    assert "accounts won: 3" in chart.alt
    assert CHART.draw(chart.title, chart.data) is not None


def test_there_is_no_picture_of_nobody_won(company: Session) -> None:
    assert answer(company, "enterprise").chart is None


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(company: Session, locale: str) -> None:
    given = answer(company, request=ask(locale=locale))
    assert "94" in given.text
    assert given.chart is not None


def test_an_empty_store_teaches(db_empty: Session) -> None:
    given = answer(db_empty)
    assert "latido import" in given.text
    assert given.chart is None


def test_nonsense_is_said_with_what_would_have_worked(company: Session) -> None:
    with pytest.raises(NotUnderstood) as caught:
        COMMAND.run(ask("octobrrr"), company)
    assert all(suggestion.startswith("/retention") for suggestion in caught.value.suggestions)


def test_a_missing_rate_is_named_with_what_mends_it(rateless: Session) -> None:
    with pytest.raises(UserError) as caught:
        COMMAND.run(ask(), rateless)
    assert "latido import fx_rates.csv" in ask().t(caught.value.sentence)


def test_its_buttons_step_explain_and_share(company: Session) -> None:
    card = answer(company)
    earlier = reply(press(COMMAND, card, "retention.earlier", ask(), company))
    assert earlier.replace
    assert earlier.text.startswith("Net revenue retention 100%")
    shown = modal(press(COMMAND, card, "retention.explain", ask(), company))
    assert "$2,440 ÷ $2,580 = 94.6%" in str(shown.blocks)
    assert reply(press(COMMAND, card, "retention.share", ask(), company)).shared
    assert "Share here" in labels(card.blocks)
