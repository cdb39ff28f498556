"""The parts of retention: segments, the worst first, and ages."""

from datetime import UTC, date
from fractions import Fraction

from commands.core.retention_parts import last_cohorts, retention_by_age, retention_by_segment
from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import Sentence
from storage.queries.totals import Scope
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
SCOPE = Scope(OCTOBER, home_only("USD", OCTOBER.last), UTC)


def test_segments_with_nobody_at_opening_are_left_out(db_empty: Session) -> None:
    for segment, begin, end in (
        ("smb", date(2026, 1, 1), None),
        ("mid", date(2026, 1, 1), date(2026, 10, 5)),
        ("new", date(2026, 10, 5), None),
    ):
        rows.subscribe(db_empty, rows.account(db_empty, segment=segment), rows.paid(begin, end))
    found = retention_by_segment(db_empty, SCOPE)
    assert [(row.label, row.values[0]) for row in found.rows] == [("mid", 0), ("smb", 1)]


def test_one_segment_is_no_breakdown(db_empty: Session) -> None:
    rows.subscribe(db_empty, rows.account(db_empty, segment="smb"), rows.paid(date(2026, 1, 1)))
    assert retention_by_segment(db_empty, SCOPE).rows == ()


def test_ages_that_nobody_has_come_to_are_left_out(db_empty: Session) -> None:
    rows.subscribe(db_empty, rows.account(db_empty), rows.paid(date(2026, 6, 1)))
    rows.subscribe(db_empty, rows.account(db_empty), rows.paid(date(2026, 6, 1), date(2026, 9, 1)))
    found = retention_by_age(db_empty, SCOPE).rows
    assert [row.label.number for row in found if isinstance(row.label, Sentence)] == [1, 3]
    shares = [value.values["share"] for value in found[1].values if isinstance(value, Sentence)]
    assert shares == [Fraction(1, 2), Fraction(1, 2)]


def test_the_picture_has_the_last_twelve_months_that_are_over(db_empty: Session) -> None:
    for begin in (date(2025, 10, 31), date(2025, 11, 1), date(2026, 10, 31), date(2026, 11, 1)):
        rows.subscribe(db_empty, rows.account(db_empty), rows.paid(begin))
    found = last_cohorts(db_empty, SCOPE)
    assert [cohort.month for cohort in found] == [date(2025, 11, 1), date(2026, 10, 1)]
    assert found[0].by_accounts == (Fraction(1),) * 12
    running = SCOPE._replace(period=OCTOBER._replace(end=date(2026, 10, 20)))
    assert [cohort.month for cohort in last_cohorts(db_empty, running)] == [date(2025, 10, 1), date(2025, 11, 1)]
