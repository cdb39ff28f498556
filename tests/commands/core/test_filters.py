from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.core.arguments import Arguments
from commands.core.errors import UserError
from commands.core.filters import (
    NAMES_MOST,
    ROW_ID_MOST,
    VALUE_MOST,
    Filter,
    changed,
    choices_of,
    line_value,
    period_value,
    row_id,
)
from metrics.periods import Period, month_of, trailing_months, year_of, year_to_date
from metrics.types import BookFilter
from storage.session import Session
from tests.commands.asking import ask
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
ASKED = Arguments(OCTOBER, BookFilter("smb", "ana@example.com", "Pro"), "EUR")

names = st.text(min_size=1, max_size=200)


@given(what=st.sampled_from([Filter.SEGMENT, Filter.CSM, Filter.PLAN]), name=names)
def test_a_line_changes_its_part_of_the_question_and_nothing_else(what: Filter, name: str) -> None:
    value = line_value(what, name)
    if value is None:
        assert len(name) > VALUE_MOST - len("segment:")
        return
    assert len(value) <= VALUE_MOST
    segment, csm, plan = (name if what is one else None for one in (Filter.SEGMENT, Filter.CSM, Filter.PLAN))
    expected = BookFilter(segment or "smb", csm or "ana@example.com", plan or "Pro")
    assert changed(ASKED, value, ask()) == ASKED._replace(book=expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("segment:", ASKED._replace(book=BookFilter(None, "ana@example.com", "Pro"))),
        ("csm:", ASKED._replace(book=BookFilter("smb", None, "Pro"))),
        ("plan:", ASKED._replace(book=BookFilter("smb", "ana@example.com"))),
        ("currency:", ASKED._replace(currency=None)),
        ("currency:GBP", ASKED._replace(currency="GBP")),
    ],
)
def test_a_filter_can_be_taken_away(value: str, expected: Arguments) -> None:
    assert changed(ASKED, value, ask()) == expected


@pytest.mark.parametrize(
    "period",
    [
        OCTOBER,
        year_of(date(2025, 1, 1)),
        year_to_date(date(2026, 11, 23)),
        trailing_months(3, last_full_month_before=date(2026, 11, 23)),
    ],
)
def test_a_line_for_a_period_means_it_on_any_later_day(period: Period) -> None:
    later = replace(ask(), now=ask().now.replace(year=2028))
    assert changed(ASKED, period_value(period), later).period == period


@pytest.mark.parametrize("value", ["", "nonsense:1", "period:sometime"])
def test_a_line_that_was_made_up_is_refused(value: str) -> None:
    with pytest.raises(UserError):
        changed(ASKED, value, ask())


def test_a_row_has_the_question_for_its_id_unless_that_is_too_long() -> None:
    assert row_id("2026-10 segment:smb") == "1 0 2026-10 segment:smb"
    assert len(row_id("x" * (ROW_ID_MOST - 4)) or "") == ROW_ID_MOST
    assert row_id("x" * (ROW_ID_MOST - 3)) is None


def test_everything_that_the_store_knows_is_offered(company: Session) -> None:
    choices = choices_of(ask(), company)
    assert choices.segments.names == ("enterprise", "mid", "smb")
    assert choices.csm_emails.names == ("ana@example.com", "bob@example.com")
    assert choices.plans.names == ("Basic", "Pro")
    assert choices.currencies == ("USD", "EUR")
    assert [period.id for _, period in choices.periods] == [
        *("2026-11", "2026-10", "3m", "2026-Q4", "2026-Q3", "2026", "2025", "12m")
    ]


def test_a_name_that_is_written_in_two_ways_is_one(db_empty: Session) -> None:
    for segment in ("Enterprise", "ENTERPRISE", "enterprise", " "):
        rows.account(db_empty, segment=segment)
    assert choices_of(ask(), db_empty).segments.names == ("ENTERPRISE",)


def test_of_too_many_names_those_with_the_most_accounts_are_offered(db_empty: Session) -> None:
    for number in range(NAMES_MOST + 3):
        for _ in range(1 if number < 3 else 2):
            rows.account(db_empty, segment=f"s{number:03}")
    segments = choices_of(ask(), db_empty).segments
    assert segments.cut
    assert segments.names == tuple(f"s{number:03}" for number in range(3, NAMES_MOST + 3))
