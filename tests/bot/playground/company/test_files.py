import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.playground.company.files import SEED, customers, write_company
from storage.entities import all_entities
from tests.bot.playground.company.conftest import Import
from tests.bot.playground.company.days import DAYS, ORDINARY

pytestmark = pytest.mark.slow


def made(folder: Path, today: date, seed: int = SEED) -> dict[str, bytes]:
    folder.mkdir()
    write_company(folder, today, seed=seed)
    return bytes_of(folder)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_and_day_make_the_same_bytes(imported: Import, tmp_path: Path) -> None:
    assert made(tmp_path / "again", ORDINARY) == bytes_of(imported(ORDINARY, SEED).folder)


def test_another_seed_or_day_makes_another_company(imported: Import, tmp_path: Path) -> None:
    first = bytes_of(imported(ORDINARY, SEED).folder)
    assert bytes_of(imported(ORDINARY, 1).folder)["accounts.csv"] != first["accounts.csv"]
    assert made(tmp_path / "day", ORDINARY + timedelta(days=1))["usage.csv"] != first["usage.csv"]


def test_everything_that_the_contract_knows_is_there(imported: Import) -> None:
    files = bytes_of(imported(ORDINARY, SEED).folder)
    assert {Path(name).stem for name in files} == set(all_entities())
    assert all(content.count(b"\n") > 5 for content in files.values())


@pytest.mark.parametrize(
    ("today", "seed"),
    [*((day, SEED) for day in DAYS), *((ORDINARY, seed) for seed in range(3))],
    ids=lambda value: str(value),
)
def test_every_row_is_a_good_one(imported: Import, today: date, seed: int) -> None:
    report = imported(today, seed).report
    assert report.flawless, [problem for file in report.files for problem in file.problems[:3]]
    assert not any(file.unknown_columns for file in report.files)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_nothing_has_been_used_or_opened_or_answered_in_the_future(imported: Import, today: date) -> None:
    folder = imported(today, SEED).folder
    for name, column in (("usage", "day"), ("tickets", "opened_at"), ("survey_responses", "responded_at")):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert max(row[column][:10] for row in csv.DictReader(file)) < today.isoformat()


def test_customers_have_keys_and_names_of_their_own() -> None:
    for seed in range(10):
        book = customers(seed)
        assert len({customer.key for customer in book}) == len(book)
        assert len({customer.name for customer in book}) == len(book)
