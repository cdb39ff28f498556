"""Figures by their ids, for a book and for its parts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from commands.core.errors import NotUnderstood
from commands.core.metric_values import RESTS_ON, By, grouped_values, metric_named, values
from commands.core.named_book import named_book
from metrics.examples import EXAMPLES
from metrics.formulas import all_metrics
from metrics.periods import Period, month_of
from metrics.types import BookFilter
from storage.entities import all_entities
from storage.load import load
from storage.queries.rates import rates_on
from storage.queries.totals import Scope
from storage.session import Session, reading
from tests.commands.company import write_company
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
METRICS = all_metrics()
TODAY = date(2026, 11, 23)


@pytest.fixture
def company(engine: Engine, tmp_path: Path) -> Iterator[Session]:
    """The small company, in a store that is read."""
    now = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    load(engine, [write_company(tmp_path)], zone=ZoneInfo("UTC"), home_currency="USD", now=now)
    with reading(engine) as db:
        yield db


def scope(db: Session, period: Period = OCTOBER, book: BookFilter = BookFilter()) -> Scope:  # noqa: B008
    return Scope(period, rates_on(db, period.last, home="USD"), ZoneInfo("UTC"), book)


def test_several_metrics_at_once(company: Session) -> None:
    mrr, churn, customers = values(
        company, (METRICS["mrr"], METRICS["mrr_churn"], METRICS["customers"]), scope(company)
    )
    assert (mrr.figure.value, customers.figure.value) == (269_000, 6)
    assert churn.figure.value == Fraction(240_00, 2580_00)


def test_every_metric_can_be_asked_of_any_book(company: Session) -> None:
    for book in (
        BookFilter(),
        BookFilter("smb"),
        BookFilter(csm_email=""),
        BookFilter(plan="Pro"),
        BookFilter(account_id=1),
    ):
        assert len(values(company, METRICS.values(), scope(company, book=book))) == len(METRICS)


def test_by_segment_and_by_csm_it_adds_up_to_the_whole(company: Session) -> None:
    for by in (By.SEGMENT, By.CSM):
        groups = grouped_values(company, (METRICS["mrr"],), scope(company), by)
        assert sum(Fraction(group.values[0].figure.value or 0) for group in groups) == 269_000
        assert len({group.name for group in groups}) == len(groups) > 1


def test_by_month_it_is_what_each_month_is_at_the_rates_of_the_last(company: Session) -> None:
    quarter = Period(date(2026, 8, 1), date(2026, 11, 1))
    groups = grouped_values(company, (METRICS["mrr"],), scope(company, quarter), By.MONTH)
    assert [(group.name, group.values[0].figure.value) for group in groups] == [
        ("2026-08", 258_000),
        ("2026-09", 258_000),
        ("2026-10", 269_000),
    ]


def test_without_any_data_no_metric_has_an_answer(db: Session) -> None:
    found = values(db, METRICS.values(), scope(db))
    assert [measured.metric.id for measured in found if measured.figure.value is not None] == []
    assert grouped_values(db, METRICS.values(), scope(db), By.PLAN) == ()


def test_what_figures_rest_on_is_data_of_the_contract() -> None:
    assert {entity for entities in RESTS_ON.values() for entity in entities} <= set(all_entities())
    assert set(RESTS_ON) <= set(EXAMPLES)


@pytest.mark.parametrize("typed", ["nrr_12m", "NRR_12M", " nrr-12m "])
def test_an_id_may_be_written_as_it_comes(typed: str) -> None:
    assert metric_named(typed).id == "nrr_12m"


def test_an_unknown_id_is_told_with_the_nearest() -> None:
    with pytest.raises(NotUnderstood) as refused:
        metric_named("net_mrr_chrun")
    assert refused.value.suggestions[0] == "net_mrr_churn"


def test_a_book_is_named_part_by_part(company: Session) -> None:
    book = named_book(company, segment="Enterprise", csm="bob", plan="pro", today=TODAY, locale="en")
    assert book == BookFilter("enterprise", "bob@example.com", "Pro")
    assert named_book(company, today=TODAY, locale="en") == BookFilter()
    assert named_book(company, segment="", plan=" ", today=TODAY, locale="en") == BookFilter(segment="", plan="")


def test_a_part_that_nobody_knows_is_told_with_the_nearest(company: Session) -> None:
    with pytest.raises(NotUnderstood) as refused:
        named_book(company, segment="entreprise", today=TODAY, locale="es")
    assert refused.value.suggestions[0] == "enterprise"


def test_answers_in_slack_alone_make_figures_of_surveys(db: Session) -> None:
    asked = (METRICS["nps"], METRICS["response_rate"])
    assert [one.figure.value for one in values(db, asked, scope(db))] == [None, None]
    at = datetime(2026, 10, 15, 12, tzinfo=UTC)
    wave, account = rows.survey_wave(db, start_at=at, created_at=at), rows.account(db)
    rows.survey_ask(db, wave, account, asked_at=at)
    assert [one.figure.value for one in values(db, asked, scope(db))] == [None, 0]
    ask = rows.survey_ask(db, wave, account, asked_at=at, state="answered")
    answer = {"kind": "nps", "score": 9, "responded_at": at, "ask_id": ask}
    rows.add(db, "survey_response", key="r-1", account_id=account, **answer)
    assert [one.figure.value for one in values(db, asked, scope(db))] == [100, Fraction(1, 2)]
