"""Leads by source, content and month, and what has become of them."""

from datetime import UTC, date
from fractions import Fraction
from typing import Any

import pytest

from metrics.money import home_only
from metrics.periods import Period, month_of, quarter_of, trailing_months
from metrics.types import BookFilter, Breakdown, Sentence
from storage.queries.pipeline_lists import by_cohort, by_content, by_source, converted, trials
from storage.queries.totals import Scope
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
SCOPE = Scope(OCTOBER, home_only("USD", OCTOBER.last), UTC)


def told(breakdown: Breakdown) -> list[tuple[object, ...]]:
    """By row the label, and of each value the number that it is about."""
    return [
        (
            row.label if isinstance(row.label, str) else row.label.text,
            *(next(iter(value.values.values())) if isinstance(value, Sentence) else value for value in row.values),
        )
        for row in breakdown.rows
    ]


@pytest.fixture
def leads(db: Session) -> int:
    """Six leads, five of them of October; the account that two of them became."""
    one = rows.account(db, "Acme", key="a", segment="smb")
    rows.subscribe(db, one, rows.paid(date(2026, 10, 20)))
    became = {"converted_on": date(2026, 10, 20), "account_id": one}
    created: tuple[tuple[date, dict[str, Any]], ...] = (
        (date(2026, 9, 1), {"source": "ads", "sql_on": date(2026, 10, 2), **became}),
        (date(2026, 10, 1), {"source": "ads", "content": "guide", "mql_on": date(2026, 10, 1)}),
        (date(2026, 10, 2), {"source": "ads", "mql_on": date(2026, 10, 3), "sql_on": date(2026, 10, 4)}),
        (date(2026, 10, 3), {"source": "event", **became}),
        (date(2026, 10, 4), {"content": "guide", "converted_on": date(2026, 11, 2)}),
        (date(2026, 10, 5), {}),
    )
    for number, (day, values) in enumerate(created):
        rows.add(db, "lead", key=f"l{number}", created_on=day, **values)
    return one


def test_sources_and_contents_have_their_leads_and_rates(db: Session, leads: int) -> None:
    assert told(by_source(db, SCOPE)) == [
        ("ads", 2, Fraction(1, 2), Fraction(0)),
        ("source unknown", 2, Fraction(1, 2)),
        ("event", 1, Fraction(1)),
    ]
    assert [row[:2] for row in told(by_content(db, SCOPE))] == [("content unknown", 3), ("guide", 2)]


def test_cohorts_are_the_months_up_to_the_period(db: Session, leads: int) -> None:
    rows.add(db, "lead", key="older", created_on=date(2026, 7, 31))
    rows.add(db, "lead", key="oldest", created_on=date(2026, 4, 30))
    labels = [row[:2] for row in told(by_cohort(db, SCOPE))]
    assert labels == [("2026-10", 5), ("2026-09", 1), ("2026-08", 0), ("2026-07", 1)]
    year = SCOPE._replace(period=trailing_months(12, last_full_month_before=date(2026, 11, 23)))
    assert [row.label for row in by_cohort(db, year).rows][-1] == "2026-04"
    assert len(by_cohort(db, SCOPE._replace(period=quarter_of(date(2026, 10, 1)))).rows) == 4


def test_the_cohort_of_a_period_within_a_month_is_cut_at_its_end(db: Session, leads: int) -> None:
    days = Period(date(2026, 10, 3), date(2026, 10, 5))
    assert [row[:2] for row in told(by_cohort(db, SCOPE._replace(period=days)))][:2] == [("2026-10", 4), ("2026-09", 1)]


def test_trials_are_counted_when_they_were_asked_for(db: Session, leads: int) -> None:
    assert told(trials(db, SCOPE)) == [
        ("asked for in the period", 2),
        ("customers by now", 1),
        ("no customers yet", 1),
    ]


def test_accounts_that_leads_became_are_told_once(db: Session, leads: int) -> None:
    (row,) = converted(db, SCOPE)
    assert (row.key, row.day, row.mrr and row.mrr.minor) == ("a", date(2026, 10, 20), 10_000)
    assert (row.why.number, row.why.values["day"]) == (2, date(2026, 9, 1))


def test_a_lead_is_told_with_where_it_came_from(db: Session) -> None:
    for key, source in (("a", "ads"), ("b", None)):
        values = {"source": source, "converted_on": date(2026, 10, 5), "account_id": rows.account(db, key, key=key)}
        rows.add(db, "lead", key=key, created_on=date(2026, 10, 1), **values)
    assert [(row.key, row.why.text) for row in converted(db, SCOPE)] == [
        ("a", "lead since {day}, from {source}"),
        ("b", "lead since {day}"),
    ]


def test_a_book_has_the_leads_of_its_accounts_alone(db: Session, leads: int) -> None:
    book = SCOPE._replace(book=BookFilter(segment="smb"))
    assert [row[:2] for row in told(by_source(db, book))] == [("event", 1)]
    assert by_source(db, book).title.text == "{title} (only leads that have an account by now)"
    assert [row[:2] for row in told(by_cohort(db, book))][:2] == [("2026-10", 1), ("2026-09", 1)]
    assert told(trials(db, book))[0] == ("asked for in the period", 1)
    other = SCOPE._replace(book=BookFilter(segment="mid"))
    assert converted(db, other) == []


def test_an_empty_store_has_no_rows(db: Session) -> None:
    splits = (by_source, by_content, by_cohort, trials)
    assert [split(db, SCOPE).rows for split in splits] == [()] * len(splits)
    assert converted(db, SCOPE) == []
