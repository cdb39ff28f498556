"""What customers say, by segment, CSM, language, month and wave, is what brute force makes of all that was answered.

Their world has answers of other tools and of our own questions, voided ones, and reasons to leave: see oracle.voice.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from commands.core.metric_values import By, grouped_values
from metrics.formulas import all_metrics
from metrics.periods import Period, month_of, quarter_of, trailing_months
from metrics.types import BookFilter
from storage.queries.answers import Split, totals_by
from storage.queries.survey_sides import MOST, waves_beside
from tests.factories import NOW
from tests.scenarios.both import SEED, SMALL, Both, both
from tests.scenarios.oracle import voice
from tests.scenarios.oracle.everything import write_everything
from tests.scenarios.oracle.files import ZONE, Value
from tests.scenarios.oracle.world import World

SCORED = [all_metrics()[name] for name in voice.KINDS]
VOICE = [*SCORED, all_metrics()["response_rate"]]
YEAR = trailing_months(12, last_full_month_before=NOW.date())
PERIODS = (month_of(date(2026, 3, 1)), month_of(date(2026, 10, 1)), quarter_of(date(2026, 9, 1)), YEAR)
BOOKS = (
    BookFilter(),
    BookFilter(segment="Mid"),
    BookFilter(segment=""),
    BookFilter(csm_email="bob@example.com"),
    BookFilter(segment="smb", plan="Pro"),
)


@pytest.fixture
def small(engine: Engine, tmp_path: Path) -> Iterator[Both]:
    """100 accounts."""
    only = ("accounts", "contacts", "fx_rates", "subscriptions", "survey_responses")
    yield from both(engine, tmp_path, accounts=SMALL, seed=SEED, only=only)


def by_part(small: Both, split: Split, period: Period, book: BookFilter) -> dict[str | None, dict[str, Value]]:
    """What the store says of each part, however that is written."""
    found = totals_by(small.db, split, period, zone=ZONE, book=book)
    return {
        name and name.casefold(): {metric.id: metric.measure(facts).value for metric in SCORED}
        for name, facts in found.items()
    }


def test_however_answers_are_split_they_are_exact(small: Both) -> None:
    assert_parts(small)
    assert_response_rates(small)
    assert_waves(small)


def assert_parts(small: Both) -> None:
    """Every segment, CSM and language."""
    accounts = small.world.accounts
    for book in BOOKS:
        for period in PERIODS:
            asked = small.asked(period, book)
            expected: Mapping[Split, object] = {
                Split.SEGMENT: voice.by_account(small.world, asked, lambda key: accounts[key].segment),
                Split.CSM: voice.by_account(small.world, asked, lambda key: accounts[key].csm),
                Split.LANGUAGE: voice.by_language(small.world, asked),
            }
            assert {split: by_part(small, split, period, book) for split in Split} == expected, (period.id, book)


def assert_response_rates(small: Both) -> None:
    """Each part and month has its own; what each account has is counted as in its book (test_oracle_accounts)."""
    for by in set(By) - {By.ACCOUNT}:
        for group in grouped_values(small.db, VOICE, small.scope(YEAR, BookFilter()), by):
            expected = voice.figures(small.world, small.asked(group.scope.period, group.scope.book, YEAR.last))
            assert {metric.id: figure.value for metric, figure in group.values} == expected, (by, group.name)


def assert_waves(small: Both) -> None:
    """Side by side."""
    for book in BOOKS:
        for period in PERIODS:
            whole = book.csm_email is None and book.plan is None
            expected = voice.waves(
                small.world, small.asked(period, book), voice.KINDS, segment=book.segment, whole_segment=whole
            )
            sides = waves_beside(small.db, voice.KINDS, until=period.last, zone=ZONE, book=book)
            found = [voice.Wave(one.name, one.delivered, one.answered, one.scores) for one in sides]  # type: ignore[arg-type]
            assert found == expected[:MOST], (period.id, book)


def test_what_was_drawn_has_everything_in_it(tmp_path: Path) -> None:
    world = World(write_everything(tmp_path, accounts=SMALL, seed=SEED))
    asked = world.asked(YEAR.start, YEAR.end)
    kinds = {wave["kind"]: wave for wave in world["survey_waves"]}
    assert kinds.keys() == {*voice.KINDS, "exit"}
    assert {one["state"] for one in world["asks"]} == {*voice.REACHED, "queued", "withdrawn", "skipped", "failed"}
    assert any(one["state"] == "withdrawn" and one["asked_at"] for one in world["asks"])
    assert {one["ask"] is None for one in voice.said(world)} == {True, False}
    assert any(one["score"] is None for one in voice.said(world))
    assert {one["response_id"].split()[0] == "slack" for one in world["voided"]} == {True, False}
    assert len(voice.by_language(world, asked)) > 4
    waves = voice.waves(world, asked, voice.KINDS, segment="mid", whole_segment=True)
    assert {wave.scores is None for wave in waves} == {True, False}
