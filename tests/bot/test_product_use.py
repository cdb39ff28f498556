"""Use of the product is counted ahead: the windows that most questions are about, until something changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select

from bot.product_use import count_use, use_is_counted
from commands.core.request import Company
from metrics.facts import ProductTotals
from metrics.money import home_only
from metrics.periods import Period, month_of
from metrics.types import BookFilter
from storage.product_use import counted, forget_use
from storage.queries.tables import product_use
from storage.queries.totals import Scope, facts_of
from storage.session import Session, loading, reading, transaction
from tests.storage.queries import rows

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
COMPANY = Company("USD", ZoneInfo("UTC"))


@pytest.fixture
def busy(engine: Engine) -> Engine:
    """A store with a customer who used the product on every third day of two years."""
    with transaction(engine) as db:
        account = rows.account(db, segment="smb")
        rows.subscribe(db, account, rows.paid(date(2025, 1, 1)))
        for back in range(0, 700, 3):
            rows.used(db, account, TODAY - timedelta(days=back), "ana", "reports")
    return engine


def windows(engine: Engine) -> list[date]:
    with reading(engine) as db:
        return sorted(counted(db.connection()))


def test_a_store_without_use_has_nothing_to_count(engine: Engine) -> None:
    assert use_is_counted(engine, COMPANY, NOW)
    assert count_use(engine, COMPANY, NOW) == 0


def test_thirteen_months_the_running_one_and_what_it_is_compared_with_are_counted(busy: Engine) -> None:
    assert not use_is_counted(busy, COMPANY, NOW)
    assert count_use(busy, COMPANY, NOW) == 15
    assert use_is_counted(busy, COMPANY, NOW)
    found = windows(busy)
    assert [(day.year, day.month) for day in found] == [
        *((2025, month) for month in (10, 11, 12)),
        *((2026, month) for month in range(1, 10)),
        *((2026, 10), (2026, 10)),
        (2026, 11),
    ]
    assert found[-1] == TODAY


def test_a_day_goes_by_and_its_use_comes_in(busy: Engine) -> None:
    count_use(busy, COMPANY, NOW)
    before = windows(busy)
    later = NOW + timedelta(days=3)
    with loading(busy) as db:
        rows.used(db, 1, later.date(), "ana", "reports")
        forget_use(db.connection(), [later.date()])
    assert not use_is_counted(busy, COMPANY, later)
    assert count_use(busy, COMPANY, later) == 2
    after = windows(busy)
    assert set(after) - set(before) == {later.date(), date(2026, 10, 21)}
    assert len(after) == len(before)


def test_figures_are_read_from_what_is_counted(busy: Engine) -> None:
    with reading(busy) as db:
        live = [figure(db, book) for book in (BookFilter(), BookFilter(segment="SMB"))]
    count_use(busy, COMPANY, NOW)
    with reading(busy) as db:
        assert [figure(db, book) for book in (BookFilter(), BookFilter(segment="SMB"))] == live
    with transaction(busy) as db:
        c = product_use.c
        for book, sums in db.execute(select(c.book, c.sums).where(c.day == TODAY - timedelta(days=21))).all():
            told = {**sums, "users": 77} if "users" in sums else sums
            db.execute(product_use.update().where(c.book == book).values(sums=told))
        assert figure(db, BookFilter()).users == figure(db, BookFilter(segment="smb")).users == 77
        assert figure(db, BookFilter(segment="smb", csm_email="")).users == 1


def figure(db: Session, book: BookFilter) -> ProductTotals:
    october: Period = month_of(date(2026, 10, 1))
    return facts_of(db, ProductTotals, Scope(october, home_only("USD", october.last), UTC, book))
