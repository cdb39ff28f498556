"""The report's figures on the small company, by hand, and what is not known of it."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from commands.core.arguments import Arguments
from commands.core.metric_values import values as measured
from commands.core.report_question import ReportAnswer, report
from commands.core.report_rows import PARTS, Lost, Row, lost_by_cause
from metrics.formulas import all_metrics
from metrics.periods import Period, PeriodKind, month_of, quarter_of
from metrics.types import BookFilter, Cause, Grade, Money
from storage.queries.rates import rates_on
from storage.queries.totals import Scope
from storage.session import Session
from tests.commands.asking import ask
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))


EVERYBODY = BookFilter()


def of(db: Session, period: Period = OCTOBER, book: BookFilter = EVERYBODY) -> ReportAnswer:
    request = ask()
    return report(db, Arguments(period, book), company=request.company, today=request.today)


def values(row: Row) -> tuple[Any, Any, Any]:
    return row.now, row.before, row.year_ago


def test_octobers_figures_are_those_of_the_ledger(company: Session) -> None:
    answer = of(company)
    assert values(answer.row("mrr")) == (269_000, 258_000, 248_000)
    assert values(answer.row("logo_churn")) == (Fraction(2, 7), 0, 0)
    assert answer.row("mrr_churn").now == Fraction(24_000, 258_000)
    assert answer.row("gross_mrr_churn").now == Fraction(34_000, 258_000)
    assert answer.row("net_mrr_churn").now == Fraction(14_000, 258_000)
    assert answer.row("quick_ratio").now == Fraction(45_000, 34_000)
    assert values(answer.row("upsell_mrr")) == (20_000, 0, 0)
    assert answer.row("arpa").now == Fraction(269_000, 6)
    assert answer.row("logo_churn").grade is Grade.BAD
    assert lost_by_cause(answer.revenue.facts) == (
        Lost(Cause.VOLUNTARY, 1, Money(15_000, "USD")),
        Lost(Cause.PAYMENT_FAILURE, 1, Money(9_000, "USD")),
    )


def test_what_never_came_in_has_no_answer_and_says_so(company: Session) -> None:
    answer = of(company)
    leads, campaigns = answer.row("leads"), answer.row("campaign_open_rate")
    assert values(leads) == (None, None, None)
    assert leads.never == ("leads",)
    assert campaigns.never == ("campaigns",)


def test_a_count_before_the_first_of_its_data_is_unknown_not_zero(company: Session) -> None:
    account = rows.account(company)
    rows.add(company, "advocacy", key="r", account_id=account, kind="review", day=date(2026, 9, 3))
    rows.add(company, "data_load", entity="advocacy", loaded_at=ask().now)
    assert values(of(company).row("advocacy")) == (0, 1, None)


def test_the_team_s_target_is_held_against_the_company_s_figure_and_a_csm_s_against_theirs(company: Session) -> None:
    for csm, metric, target in (
        ("team", "logo_churn", "0.3"),
        ("team", "mrr", "2700"),
        ("ana@example.com", "mrr", "1400"),
    ):
        rows.add(company, "target", csm_email=csm, metric=metric, period="2026-10", target=target)
    answer = of(company)
    assert (answer.row("logo_churn").target, answer.row("logo_churn").reached) == (Fraction(3, 10), True)
    assert (answer.row("mrr").target, answer.row("mrr").reached) == (270_000, False)
    assert of(company, book=BookFilter(csm_email="ana@example.com")).row("mrr").target == 140_000
    assert of(company, book=BookFilter(segment="smb")).row("mrr").target is None


def test_every_csm_has_a_line_and_their_lines_add_up_to_the_company(company: Session) -> None:
    lines = of(company).csms
    assert [one.name for one in lines] == ["ana@example.com", "bob@example.com"]
    assert sum(Fraction(one.figures["mrr"].value or 0) for one in lines) == 269_000
    assert lines[0].figures["mrr"].value == 150_000
    assert lines[0].figures["nps"].value == 100
    assert lines[1].figures["nps"].value is None


def test_leads_have_no_segment(company: Session) -> None:
    rows.add(company, "lead", key="l", created_on=date(2026, 10, 3))
    rows.add(company, "data_load", entity="leads", loaded_at=ask().now)
    assert of(company).row("leads").now == 1
    in_segment = of(company, book=BookFilter(segment="smb")).row("leads")
    assert (in_segment.now, in_segment.of_leads) == (None, True)


def test_a_running_month_is_compared_with_as_many_days(company: Session) -> None:
    answer = of(company, month_of(date(2026, 11, 1)))
    assert answer.running
    assert (answer.period.end, answer.before.end) == (date(2026, 11, 24), date(2026, 10, 24))
    assert answer.year_ago == Period(date(2025, 11, 1), date(2025, 11, 24))
    assert answer.row("logo_churn").grade is None
    assert answer.row("mrr").now == 276_000


def test_a_quarter_has_a_year_before_and_a_year_only_the_one_before_it(
    company: Session,
) -> None:
    assert of(company, quarter_of(date(2026, 8, 1))).year_ago == quarter_of(date(2025, 8, 1))
    year = Period(date(2025, 1, 1), date(2026, 1, 1), PeriodKind.YEAR)
    assert of(company, year).year_ago is None


def test_an_empty_store_has_nothing_to_report(db_empty: Session) -> None:
    answer = of(db_empty)
    assert answer.revenue.empty
    assert all(row.now is None for section in answer.sections for row in section.rows)
    assert answer.csms == ()


@pytest.mark.parametrize("book", [BookFilter(), BookFilter(segment="smb"), BookFilter(csm_email="ana@example.com")])
def test_each_figure_is_the_one_that_its_metric_gives(company: Session, book: BookFilter) -> None:
    names = [name for part in PARTS for name in part.rows if isinstance(name, str)]
    request = ask()
    rates = rates_on(company, OCTOBER.last, home="USD", shown=None)
    scope = Scope(OCTOBER, rates, request.company.zone, book, request.company.definitions)
    answer = of(company, book=book)
    for metric, figure in measured(company, [all_metrics()[name] for name in names], scope):
        assert answer.row(metric.id).now == figure.value, metric.id
