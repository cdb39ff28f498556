"""Periods are half-open, partition into months, and know the one they are compared with."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.periods import (
    Period,
    PeriodKind,
    last_full_month,
    month_of,
    quarter_of,
    trailing_months,
    year_of,
    year_to_date,
)

TODAY = date(2026, 11, 23)
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
periods = st.one_of(
    days.map(month_of),
    days.map(quarter_of),
    days.map(year_of),
    days.map(year_to_date),
    st.builds(lambda n, day: trailing_months(n, last_full_month_before=day), st.integers(1, 30), days),
    st.builds(lambda day, n: Period(day, day + timedelta(days=n)), days, st.integers(1, 800)),
)


@pytest.mark.parametrize(
    ("period", "start", "end", "name"),
    [
        (month_of(date(2026, 12, 31)), date(2026, 12, 1), date(2027, 1, 1), "2026-12"),
        (quarter_of(TODAY), date(2026, 10, 1), date(2027, 1, 1), "2026-Q4"),
        (quarter_of(date(2026, 3, 31)), date(2026, 1, 1), date(2026, 4, 1), "2026-Q1"),
        (year_of(TODAY), date(2026, 1, 1), date(2027, 1, 1), "2026"),
        (last_full_month(TODAY), date(2026, 10, 1), date(2026, 11, 1), "2026-10"),
        (last_full_month(date(2026, 1, 1)), date(2025, 12, 1), date(2026, 1, 1), "2025-12"),
        (trailing_months(12, last_full_month_before=TODAY), date(2025, 11, 1), date(2026, 11, 1), "12m"),
        (year_to_date(TODAY), date(2026, 1, 1), date(2026, 11, 24), "ytd"),
        (
            Period(date(2026, 10, 5), date(2026, 10, 12)),
            date(2026, 10, 5),
            date(2026, 10, 12),
            "2026-10-05..2026-10-11",
        ),
    ],
)
def test_a_period_has_its_days_and_its_name(period, start, end, name):
    assert (period.start, period.end, period.id) == (start, end, name)


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (month_of(date(2026, 1, 9)), month_of(date(2025, 12, 9))),
        (quarter_of(date(2026, 1, 9)), quarter_of(date(2025, 12, 9))),
        (year_of(TODAY), year_of(date(2025, 1, 1))),
        (
            trailing_months(12, last_full_month_before=TODAY),
            trailing_months(12, last_full_month_before=date(2025, 11, 1)),
        ),
        (year_to_date(TODAY), year_to_date(date(2025, 11, 23))),
        (year_to_date(date(2024, 2, 29)), year_to_date(date(2023, 2, 28))),
        (year_to_date(date(2024, 2, 28)), year_to_date(date(2023, 2, 28))),
        (Period(date(2026, 10, 5), date(2026, 10, 12)), Period(date(2026, 9, 28), date(2026, 10, 5))),
    ],
)
def test_the_comparable_one_before(period, before):
    assert period.previous() == before


def test_a_period_runs_from_its_first_day_to_its_last():
    month = month_of(TODAY)
    assert [month.running(day) for day in (date(2026, 10, 31), month.start, TODAY, month.last, month.end)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert year_to_date(TODAY).running(TODAY)


def test_months_that_are_cut_off_are_no_calendar_months():
    parts = year_to_date(date(2026, 2, 10)).months()
    assert [(p.id, p.kind) for p in parts] == [
        ("2026-01", PeriodKind.MONTH),
        ("2026-02-01..2026-02-10", PeriodKind.CUSTOM),
    ]


def test_no_months_are_no_period():
    with pytest.raises(ValueError, match="0 months"):
        trailing_months(0, last_full_month_before=TODAY)


@given(periods)
def test_a_period_is_exactly_its_months(period):
    parts = period.months()
    assert parts[0].start == period.start
    assert parts[-1].end == period.end
    assert all(a.end == b.start for a, b in pairwise(parts))
    assert sum(part.days for part in parts) == period.days


@given(periods)
def test_the_one_before_is_of_the_same_kind_and_over_when_this_one_begins(period):
    before = period.previous()
    assert before.kind is period.kind
    assert before.end <= period.start or period.kind is PeriodKind.YTD
    assert before.end < period.end
    assert before.days > 0
