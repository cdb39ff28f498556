"""Every revenue figure of three years is what brute force makes of the same files, to the last minor unit."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from bot.opening import keep_up
from commands.core.metric_values import By, grouped_values, values
from commands.core.request import Company
from metrics.facts import TrailingFacts
from metrics.formulas import all_metrics
from metrics.periods import Period, month_of, quarter_of, trailing_months, year_of
from metrics.types import BookFilter, Definitions, LedgerRules, RevenueFacts
from storage.queries.rates import rates_on
from storage.queries.totals import Scope
from storage.session import Session, reading
from tests.factories import import_files
from tests.scenarios.oracle.company import write_company
from tests.scenarios.oracle.files import FIRST, HOME, LAST
from tests.scenarios.oracle.world import World

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Madrid")
METRICS = [metric for metric in all_metrics().values() if metric.facts is RevenueFacts]
TRAILING = [metric for metric in all_metrics().values() if metric.facts is TrailingFacts]

BOOKS = (
    BookFilter(),
    BookFilter(segment="Mid"),
    BookFilter(csm_email="ana@example.com"),
    BookFilter(segment="smb", csm_email="bob@example.com"),
    BookFilter(segment=""),
    BookFilter(csm_email=""),
)


class Both(NamedTuple):
    """A store, and the oracle that has read the same files."""

    db: Session
    world: World

    def scope(self, period: Period, book: BookFilter) -> Scope:
        return Scope(period, rates_on(self.db, period.last, home=HOME), ZONE, book)

    def expected(self, period: Period, book: BookFilter, rates_of: date | None = None) -> dict[str, Any]:
        asked = self.world.asked(
            period.start,
            period.end,
            rates_of=rates_of,
            segment=book.segment,
            csm=book.csm_email,
            plan=book.plan,
        )
        return self.world.revenue(asked)

    def found(self, period: Period, book: BookFilter) -> dict[str, int | Fraction | None]:
        measured = values(self.db, METRICS, self.scope(period, book))
        return {metric.id: figure.value for metric, figure in measured}

    def found_trailing(self, period: Period, book: BookFilter) -> list[int | Fraction | None]:
        return [measured.figure.value for measured in values(self.db, TRAILING, self.scope(period, book))]


def both(engine: Engine, folder: Path, *, accounts: int, grace_days: int, seed: int) -> Iterator[Both]:
    files = write_company(folder, accounts=accounts, seed=seed)
    rules = LedgerRules(grace_days)
    assert import_files(engine, files, rules=rules).flawless
    keep_up(engine, Company(HOME, ZONE, definitions=Definitions(ledger=rules)), NOW)
    with reading(engine) as db:
        yield Both(db, World(files, grace_days=grace_days))


@pytest.fixture(params=[0, 10], ids=["no grace", "ten days of grace"])
def small(request: pytest.FixtureRequest, engine: Engine, tmp_path: Path) -> Iterator[Both]:
    """150 accounts."""
    yield from both(engine, tmp_path, accounts=150, grace_days=request.param, seed=7 + request.param)


@pytest.fixture
def large(sqlite_engine: Engine, tmp_path: Path) -> Iterator[Both]:
    """10,000 accounts."""
    yield from both(sqlite_engine, tmp_path, accounts=10_000, grace_days=0, seed=1)


def months() -> list[Period]:
    found = [month_of(FIRST)]
    while found[-1].end <= LAST:
        found.append(month_of(found[-1].end))
    return found


def test_three_years_have_36_months() -> None:
    assert (len(months()), months()[0].start, months()[-1].last) == (36, FIRST, LAST)


def test_every_figure_of_every_month_quarter_and_year_is_exact(small: Both) -> None:
    longer = [quarter_of(month.start) for month in months()[2::3]]
    years = [year_of(date(year, 1, 1)) for year in (2024, 2025)]
    for book in BOOKS:
        for period in (*months(), *longer, *years):
            assert small.found(period, book) == small.expected(period, book), (period.id, book)
    assert {month_of(day).start for account in small.world.accounts.values() for day, *_ in account.turns} >= {
        month.start for month in months()
    }


def test_every_trailing_year_is_exact(small: Both) -> None:
    for book in BOOKS:
        for period in months()[12:]:
            year = trailing_months(12, last_full_month_before=period.end)
            expected = small.expected(year, book)
            assert small.found_trailing(period, book) == [expected[m.id.removesuffix("_12m")] for m in TRAILING]


def test_months_and_parts_of_one_report_have_one_rate(small: Both) -> None:
    year = year_of(date(2025, 1, 1))
    for book in BOOKS:
        for group in grouped_values(small.db, METRICS, small.scope(year, book), By.MONTH):
            expected = small.expected(group.scope.period, book, rates_of=year.last)
            assert {metric.id: figure.value for metric, figure in group.values} == expected
    for group in grouped_values(small.db, METRICS, small.scope(year, BookFilter()), By.SEGMENT):
        assert {metric.id: figure.value for metric, figure in group.values} == small.expected(year, group.scope.book)


def test_what_was_drawn_has_everything_in_it(small: Both) -> None:
    turns = [turn for account in small.world.accounts.values() for turn in account.turns]
    assert {turn.kind for turn in turns} == {"new", "reactivation", "churn", "moved"}
    causes = {cause for turn in turns for cause in turn.causes.values()}
    assert causes >= {"cross_sell", "product_dropped", "upgrade", "downgrade", "seats", "price", "payment_failure"}
    assert any(len(turn.after) > 1 and not turn.causes for turn in turns if turn.kind == "moved")
    assert any(turn.day - timedelta(days=1) > LAST for turn in turns)


@pytest.mark.slow
def test_so_it_is_with_ten_thousand_accounts(large: Both) -> None:
    for book in BOOKS[:3]:
        for period in (*months(), quarter_of(LAST), year_of(date(2025, 1, 1))):
            assert large.found(period, book) == large.expected(period, book), (period.id, book)
        year = large.expected(trailing_months(12, last_full_month_before=NOW.date()), book)
        assert large.found_trailing(months()[-1], book) == [year[m.id.removesuffix("_12m")] for m in TRAILING]
