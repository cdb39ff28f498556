"""Which files are loaded as what."""

from pathlib import Path

import pytest

from storage.entities import all_entities
from storage.sources import entities_named, find_sources
from tests.factories import write_text


@pytest.mark.parametrize(
    ("name", "entities"),
    [
        ("accounts.csv", ["accounts"]),
        ("Accounts.CSV", ["accounts"]),
        ("accounts-2026-11.csv", ["accounts"]),
        ("2026_usage_2.csv", ["usage"]),
        ("survey_responses_q3.csv", ["survey_responses"]),
        ("bad-fx_rates.csv", ["fx_rates"]),
        ("account.csv", []),
        ("myaccounts.csv", []),
        ("leads and costs.csv", ["leads", "costs"]),
    ],
)
def test_a_file_is_what_its_name_says(name: str, entities: list[str]) -> None:
    assert sorted(entities_named(name, list(all_entities()))) == sorted(entities)


def test_a_name_that_says_nothing_gets_the_nearest_entity(tmp_path: Path) -> None:
    _, (problem,) = find_sources([write_text(tmp_path / "acounts.csv", "account_id,name")])
    assert problem.what.values["nearest"] == "accounts.csv"


def test_a_file_that_is_not_there_or_not_readable_is_a_problem(tmp_path: Path) -> None:
    picture = write_text(tmp_path / "accounts.png", "x")
    _, problems = find_sources([tmp_path / "accounts.csv", picture])
    assert [problem.what.text for problem in problems] == [
        "There is no such file.",
        "Only files of these kinds can be read: {suffixes}",
    ]


def test_of_a_folder_only_files_that_can_be_read_are_taken(tmp_path: Path) -> None:
    write_text(tmp_path / "README.md", "hello")
    write_text(tmp_path / "usage.csv", "x")
    write_text(tmp_path / "accounts.csv", "x")
    (tmp_path / "leads.csv").mkdir()
    sources, problems = find_sources([tmp_path, tmp_path / "usage.csv"])
    assert [source.entity.id for source in sources] == ["accounts", "usage"]
    assert problems == ()


def test_entities_come_after_those_they_refer_to() -> None:
    order = list(all_entities())
    for entity in all_entities().values():
        assert all(order.index(other) < order.index(entity.id) for other in entity.refers_to)
