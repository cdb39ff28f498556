from datetime import date
from itertools import pairwise

import pytest

from commands.core.arguments import Arguments
from commands.core.asked import arguments_of, comparable, months_to, neighbours, so_far
from metrics.periods import Period, PeriodKind, month_of, quarter_of, trailing_months
from metrics.types import BookFilter
from storage.session import Session
from tests.commands.asking import ask

TODAY = date(2026, 11, 23)
NOVEMBER, OCTOBER = month_of(TODAY), month_of(date(2026, 10, 1))


def test_a_running_period_is_taken_up_to_today() -> None:
    assert so_far(NOVEMBER, TODAY) == Period(date(2026, 11, 1), date(2026, 11, 24))
    assert so_far(OCTOBER, TODAY) == OCTOBER
    assert so_far(NOVEMBER, date(2026, 11, 30)) == NOVEMBER


def test_a_running_period_is_held_against_as_many_days_of_the_one_before() -> None:
    assert comparable(NOVEMBER, so_far(NOVEMBER, TODAY)) == Period(date(2026, 10, 1), date(2026, 10, 24))
    assert comparable(OCTOBER, OCTOBER) == month_of(date(2026, 9, 1))


def test_no_more_days_are_taken_than_the_period_before_has() -> None:
    march = month_of(date(2026, 3, 1))
    assert comparable(march, so_far(march, date(2026, 3, 30))) == Period(date(2026, 2, 1), date(2026, 3, 1))


def test_twelve_months_end_with_the_periods_last_day() -> None:
    months = months_to(Period(date(2026, 10, 5), date(2026, 11, 24)))
    assert len(months) == 12
    assert months[-1] == Period(date(2026, 11, 1), date(2026, 11, 24), PeriodKind.CUSTOM)
    assert months[0] == month_of(date(2025, 12, 1))
    assert all(before.end == after.start for before, after in pairwise(months))


@pytest.mark.parametrize(
    ("period", "earlier", "later"),
    [
        (OCTOBER, "2026-09", "2026-11"),
        (NOVEMBER, "2026-10", None),
        (quarter_of(date(2026, 7, 1)), "2026-Q2", "2026-Q4"),
        (trailing_months(12, last_full_month_before=TODAY), None, None),
    ],
)
def test_calendar_periods_have_neighbours_until_today(period: Period, earlier: str | None, later: str | None) -> None:
    found = neighbours(Arguments(period), TODAY)
    assert [one and one.period.id for one in found] == [earlier, later]


def test_a_plan_of_the_store_is_known(company: Session) -> None:
    assert arguments_of(ask(), company, "mrr", "plan:pro").book == BookFilter(plan="Pro")
