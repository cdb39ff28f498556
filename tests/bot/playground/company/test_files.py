import csv
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.playground.company.files import SEED, customers, write_company
from storage.entities import all_entities
from storage.load import load
from tests.bot.playground.company.conftest import COMPANY
from tests.bot.playground.company.days import DAYS, ORDINARY


def made(folder: Path, today: date, seed: int = SEED) -> dict[str, bytes]:
    folder.mkdir()
    write_company(folder, today, seed=seed)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_and_day_make_the_same_bytes(tmp_path: Path) -> None:
    assert made(tmp_path / "once", ORDINARY) == made(tmp_path / "again", ORDINARY)


def test_another_seed_or_day_makes_another_company(tmp_path: Path) -> None:
    first = made(tmp_path / "first", ORDINARY)
    assert made(tmp_path / "seed", ORDINARY, seed=SEED + 1)["accounts.csv"] != first["accounts.csv"]
    assert made(tmp_path / "day", ORDINARY + timedelta(days=1))["usage.csv"] != first["usage.csv"]


def test_everything_that_the_contract_knows_is_there(tmp_path: Path) -> None:
    files = made(tmp_path / "all", ORDINARY)
    assert {Path(name).stem for name in files} == set(all_entities())
    assert all(content.count(b"\n") > 5 for content in files.values())


@pytest.mark.parametrize(
    ("today", "seed"),
    [*((day, SEED) for day in DAYS), *((ORDINARY, seed) for seed in range(5))],
    ids=lambda value: str(value),
)
def test_every_row_is_a_good_one(sqlite_engine: Engine, tmp_path: Path, today: date, seed: int) -> None:
    made(tmp_path / "files", today, seed)
    now = datetime.combine(today, time(9), UTC)
    report = load(sqlite_engine, [tmp_path / "files"], zone=COMPANY.zone, home_currency="USD", now=now, strict=True)
    assert report.flawless, [problem for file in report.files for problem in file.problems[:3]]
    assert not any(file.unknown_columns for file in report.files)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_nothing_has_been_used_or_opened_or_answered_in_the_future(tmp_path: Path, today: date) -> None:
    made(tmp_path / "files", today)
    for name, column in (("usage", "day"), ("tickets", "opened_at"), ("survey_responses", "responded_at")):
        with (tmp_path / "files" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert max(row[column][:10] for row in csv.DictReader(file)) < today.isoformat()


def test_customers_have_keys_and_names_of_their_own() -> None:
    for seed in range(10):
        book = customers(seed)
        assert len({customer.key for customer in book}) == len(book)
        assert len({customer.name for customer in book}) == len(book)
