"""Every figure there is, of many periods and parts of a company at random, is what brute force makes of its files."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import Engine

from commands.core.metric_values import By, grouped_values
from metrics.periods import Period, month_of, quarter_of, trailing_months
from metrics.types import BookFilter
from tests.factories import NOW
from tests.scenarios.both import METRICS, SEED, SMALL, Both, both
from tests.scenarios.oracle.everything import write_everything
from tests.scenarios.oracle.files import Value
from tests.scenarios.oracle.world import World

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
        assert len(known) >= MANY, metric.id
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
