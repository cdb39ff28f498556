from datetime import date

import pytest

from commands.core.asked import arguments_of
from commands.core.errors import UserError
from commands.core.figure_question import FiguresAnswer, answer
from metrics.types import AccountRow, Breakdown, Money, RevenueFacts, Sentence
from storage.queries.totals import Scope
from storage.session import Session
from tests.commands.asking import ask

METRICS = ("nrr", "customers", "mrr")


def answered(db: Session, text: str = "", **more: object) -> FiguresAnswer:
    asked = arguments_of(ask(), db, "mrr", text)
    return answer(ask(), db, asked, metrics=METRICS, **more)  # type: ignore[arg-type]


def test_figures_stand_beside_those_of_the_period_before(company: Session) -> None:
    found = answered(company)
    assert found.figures["mrr"].value == 269_000
    assert found.figures_before["mrr"].value == 258_000
    assert (found.figures["customers"].value, found.figures_before["customers"].value) == (6, 7)
    assert found.currency == "USD"
    assert not found.running


def test_months_are_only_read_for_the_picture(company: Session) -> None:
    assert answered(company).series == {}
    series = answered(company, series=("mrr",)).series
    assert list(series) == ["mrr"]
    assert [figure.value for figure in series["mrr"][-2:]] == [258_000, 269_000]


def test_a_month_that_was_read_for_the_picture_is_not_read_again(company: Session) -> None:
    with_picture, without = answered(company, series=("mrr",)), answered(company)
    assert with_picture.figures == without.figures
    assert with_picture.figures_before == without.figures_before


def test_a_running_month_is_taken_as_far_as_it_has_come(company: Session) -> None:
    found = answered(company, "this month")
    assert found.running
    assert found.scope.period.last == date(2026, 11, 23)
    assert found.before.last == date(2026, 10, 23)


def test_lists_and_breakdowns_are_asked_about_the_same_scope(company: Session) -> None:
    seen = []

    def rows(_db: Session, scope: Scope) -> list[AccountRow]:
        seen.append(scope)
        return [AccountRow(1, "a1", "Acme", None, Sentence("due"), Money(1, "USD"))]

    def split(_db: Session, scope: Scope) -> Breakdown:
        seen.append(scope)
        return Breakdown(Sentence("By kind"), ())

    found = answered(company, "smb", lists={"due": rows}, breakdowns=(split,), pictured=lambda _db, scope: scope)
    assert seen == [found.scope, found.scope]
    assert found.pictured == found.scope
    assert found.scope.book.segment == "smb"
    assert [row.name for row in found.accounts["due"]] == ["Acme"]


def test_it_says_how_fresh_its_data_is(company: Session) -> None:
    found = answered(company, entities=("subscriptions", "leads"))
    assert found.imported_on == {"subscriptions": date(2026, 11, 23), "leads": None}
    assert found.oldest is None
    assert answered(company, entities=("subscriptions",)).oldest == date(2026, 11, 23)


def test_csms_are_only_read_for_a_file(company: Session) -> None:
    assert answered(company).csms == {}
    assert "ana@example.com" in answered(company, csms=True).csms.values()


def test_buttons_carry_the_question_with_what_leads_it(company: Session) -> None:
    found = answered(company, "plan:pro oct", lead="nrr")
    assert found.text == "nrr 2026-10 plan:Pro"
    earlier, later = found.neighbours()
    assert earlier is not None
    assert later is not None
    assert found.text_of(earlier) == "nrr 2026-09 plan:Pro"


def test_a_missing_rate_is_said(rateless: Session) -> None:
    with pytest.raises(UserError, match="no exchange rate"):
        answered(rateless)


def test_the_facts_are_there_for_a_picture_of_its_own(company: Session) -> None:
    found = answered(company)
    assert found.facts[RevenueFacts].customers_lost == 2
    assert found.facts_before[RevenueFacts].customers_lost == 0
