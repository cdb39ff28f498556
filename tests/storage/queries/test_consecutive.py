"""Periods that follow one another, as conditions."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from metrics.periods import month_of
from storage.queries.consecutive import days_of, moments_of
from storage.queries.tables import lead
from storage.session import Session
from tests.storage.queries import rows

MONTHS = [month_of(date(2026, month, 1)) for month in (9, 10, 11)]


def test_a_day_has_the_number_of_its_period(db: Session) -> None:
    for number, (month, day) in enumerate(((8, 31), (9, 1), (9, 30), (10, 1), (11, 30), (12, 1))):
        rows.add(db, "lead", key=f"l{number}", created_on=date(2026, month, day))
    for months, expected in ((MONTHS, [0, 0, 1, 2]), (MONTHS[:1], [0, 0])):
        days = days_of(months)
        query = select(days.number(lead.c.created_on)).where(days.during(lead.c.created_on)).order_by(lead.c.id)
        assert list(db.execute(query).scalars()) == expected


def test_rows_are_added_up_by_period(db: Session) -> None:
    for number, day in enumerate((date(2026, 9, 1), date(2026, 9, 30), date(2026, 11, 2))):
        rows.add(db, "lead", key=f"l{number}", created_on=day)
    for months, expected in ((MONTHS, [(0, 2), (2, 1)]), (MONTHS[:1], [(0, 2)])):
        days = days_of(months)
        which, by = days.key(lead.c.created_on)
        query = select(which, func.count()).where(days.during(lead.c.created_on)).group_by(*by)
        assert sorted(tuple(row) for row in db.execute(query)) == expected


def test_moments_begin_at_midnight_in_the_zone() -> None:
    moments = moments_of(MONTHS, ZoneInfo("Europe/Madrid"))
    assert moments.start == datetime.fromisoformat("2026-08-31T22:00Z")
    assert moments.ends[-1] == datetime.fromisoformat("2026-11-30T23:00Z")


def test_no_periods_or_a_gap_between_them_are_refused() -> None:
    for wrong in ([], [MONTHS[0], MONTHS[2]], [MONTHS[1], MONTHS[0]]):
        with pytest.raises(ValueError, match="without a gap"):
            days_of(wrong)
