"""Every figure there is, of many periods and parts of a company at random, is what brute force makes of its files."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Engine, insert, select

from bot.opening import keep_up
from commands.core.metric_values import By, grouped_values, values
from commands.core.request import Company
from metrics.formulas import all_metrics
from metrics.periods import Period, month_of, quarter_of, trailing_months
from metrics.types import BookFilter, Definitions, Metric
from storage.queries.rates import rates_on
from storage.queries.totals import Scope
from storage.schema import metadata
from storage.session import Session, reading, transaction
from tests.factories import NOW, import_files
from tests.scenarios.oracle.everything import write_everything
from tests.scenarios.oracle.files import HOME, ZONE, Value, records
from tests.scenarios.oracle.world import World

METRICS = tuple(all_metrics().values())
MARGIN = Fraction(4, 5)
SMALL, SEED = 100, 11
MANY = 3
"""A figure that has fewer values than that in eight periods was hardly put to the test."""

MONTHS = tuple(month_of(date(*day)) for day in ((2025, 12, 1), (2026, 2, 1), (2026, 3, 1), (2026, 9, 1), (2026, 10, 1)))
RUNNING = Period(date(2026, 11, 1), date(2026, 11, 23))
"""The current month as far as it has come."""
OTHERS = (
    quarter_of(date(2026, 3, 1)),
    quarter_of(date(2026, 9, 1)),
    RUNNING,
    Period(date(2026, 10, 22), date(2026, 11, 3)),
    Period(date(2026, 3, 29), date(2026, 3, 30)),
    month_of(date(2020, 5, 1)),
)
YEAR = trailing_months(12, last_full_month_before=NOW.date())

BOOKS = (
    BookFilter(),
    BookFilter(segment="Mid"),
    BookFilter(segment="enterprise"),
    BookFilter(segment=""),
    BookFilter(csm_email="ana@example.com"),
    BookFilter(plan="Pro"),
    BookFilter(plan=""),
    BookFilter(segment="smb", csm_email="bob@example.com", plan="basic"),
    BookFilter(segment="nobody"),
)


class Both(NamedTuple):
    """A store, and the oracle that has read the same files."""

    db: Session
    world: World

    def scope(self, period: Period, book: BookFilter) -> Scope:
        rates = rates_on(self.db, period.last, home=HOME)
        return Scope(period, rates, ZONE, book, Definitions(gross_margin=MARGIN))

    def found(self, period: Period, book: BookFilter, metrics: Iterable[Metric[Any]] = METRICS) -> dict[str, Value]:
        return {metric.id: figure.value for metric, figure in values(self.db, metrics, self.scope(period, book))}

    def expected(self, period: Period, book: BookFilter, rates_of: date | None = None) -> dict[str, Value]:
        asked = self.world.asked(
            period.start,
            period.end,
            rates_of=rates_of,
            segment=book.segment,
            csm=book.csm_email,
            plan=book.plan,
        )
        return self.world.figures(asked)


def both(engine: Engine, folder: Path, *, accounts: int, seed: int, share: Fraction = Fraction(1)) -> Iterator[Both]:
    files = write_everything(folder, accounts=accounts, seed=seed, share=share)
    report = import_files(engine, files)
    assert report.flawless, [problem for file in report.files for problem in file.problems][:5]
    keep_up(engine, Company(HOME, ZONE), NOW)
    keep_snapshots(engine, files)
    with reading(engine) as db:
        yield Both(db, World(files, gross_margin=MARGIN))


def keep_snapshots(engine: Engine, files: Path) -> None:
    """No importer brings them: the bot takes them every day."""
    account, snapshot = metadata().tables["account"], metadata().tables["health_snapshot"]
    with transaction(engine) as db:
        ids = {key: id_ for key, id_ in db.execute(select(account.c.key, account.c.id))}  # noqa: C416 - rows are no pairs
        rows = [
            {
                "account_id": ids[one["account_id"]],
                "day": one["day"],
                "score": one["score"],
                "band": one["band"],
                "coverage_permille": 0 if one["score"] is None else 700,
                "permille": {},
            }
            for one in records(files / "kept" / "snapshots.csv")
        ]
        db.connection().execute(insert(snapshot), rows)


@pytest.fixture
def small(engine: Engine, tmp_path: Path) -> Iterator[Both]:
    """100 accounts."""
    yield from both(engine, tmp_path, accounts=SMALL, seed=SEED)


@pytest.fixture
def large(sqlite_engine: Engine, tmp_path: Path) -> Iterator[Both]:
    """10,000 accounts, of which less is known each."""
    yield from both(sqlite_engine, tmp_path, accounts=10_000, seed=12, share=Fraction(1, 4))


def differences(found: dict[str, Value], expected: dict[str, Value]) -> dict[str, tuple[Value, Value]]:
    """By id what was found and what was expected, where these are not the same."""
    return {
        name: (found.get(name), expected.get(name))
        for name in {*found, *expected}
        if found.get(name, "missing") != expected.get(name, "missing")
    }


def test_there_is_an_oracle_of_every_figure(tmp_path: Path) -> None:
    world = World(write_everything(tmp_path, accounts=3, seed=1))
    assert set(world.figures(world.asked(YEAR.start, YEAR.end))) == {metric.id for metric in METRICS}


def test_every_figure_of_every_part_is_exact(small: Both) -> None:
    wrong = {
        (period.id, book): found
        for book in BOOKS
        for period in ((*MONTHS, *OTHERS, YEAR) if book == BookFilter() else (MONTHS[-1], RUNNING))
        if (found := differences(small.found(period, book), small.expected(period, book)))
    }
    assert not wrong


def test_months_that_are_read_together_are_exact_at_one_rate(small: Both) -> None:
    for book in (BookFilter(), BookFilter(segment="smb", plan="pro")):
        for group in grouped_values(small.db, METRICS, small.scope(YEAR, book), By.MONTH):
            found = {metric.id: figure.value for metric, figure in group.values}
            assert not differences(found, small.expected(group.scope.period, book, rates_of=YEAR.last)), group.name


def test_what_was_drawn_has_everything_in_it(tmp_path: Path) -> None:
    world = World(write_everything(tmp_path, accounts=SMALL, seed=SEED))
    found = [world.figures(world.asked(period.start, period.end)) for period in (*MONTHS, *OTHERS[:3])]
    for metric in METRICS:
        known = {figures[metric.id] for figures in found} - {None}
        assert len(known) >= MANY or metric.id == "response_rate", metric.id
    october = world.asked(MONTHS[-1].start, MONTHS[-1].end)
    tickets, answers = world["tickets"], world["survey_responses"]
    assert any(october.at(one["opened_at"]) != october.during(one["opened_at"].date()) for one in tickets)
    moments = Counter((one["contact_id"], one["kind"], one["responded_at"]) for one in answers if one["contact_id"])
    assert max(moments.values()) > 1, "nobody answered twice at one moment"
    assert {one["status"] for one in world["invoices"] if one["paid_on"]} == {
        "paid",
        "open",
        "failed",
        "void",
        "refunded",
    }


@pytest.mark.slow
def test_so_it_is_with_ten_thousand_accounts(large: Both) -> None:
    for book in BOOKS[:2]:
        for period in (MONTHS[-1], RUNNING):
            assert not differences(large.found(period, book), large.expected(period, book)), (period.id, book)
