"""--strict: everything or nothing, and every problem told."""

from pathlib import Path

from sqlalchemy import Engine

from tests.factories import accounts, complaints, contents, import_files, subscription, write_csv, write_text


def test_a_flawless_strict_import_is_stored(engine: Engine, tmp_path: Path) -> None:
    write_csv(tmp_path / "accounts.csv", accounts("a1"))
    write_csv(tmp_path / "subscriptions.csv", [subscription()])
    report = import_files(engine, tmp_path, strict=True)
    assert report.stored
    assert [file.new for file in report.files] == [1, 1]
    assert len(contents(engine)["mrr_movement"]) == 1


def test_one_bad_row_leaves_the_store_as_it_was_and_all_problems_are_told(engine: Engine, tmp_path: Path) -> None:
    before = contents(engine)
    write_csv(tmp_path / "accounts.csv", [*accounts("a1"), *accounts("")])
    write_csv(tmp_path / "subscriptions.csv", [subscription(), subscription("s2", amount="x")])
    rejected: list[str] = []
    report = import_files(
        engine, tmp_path, strict=True, rejects=lambda entity, header, rows: rejected.extend([entity] * len(rows))
    )
    assert not report.stored
    assert contents(engine) == before
    assert [(line, column) for line, column, *_ in complaints(report)] == [(3, "account_id"), (3, "amount")]
    assert [(file.read, file.new, file.rejected) for file in report.files] == [(2, 0, 1), (2, 0, 1)]
    assert rejected == ["accounts", "subscriptions"]


def test_a_file_that_cannot_be_loaded_counts_as_bad(engine: Engine, tmp_path: Path) -> None:
    write_csv(tmp_path / "accounts.csv", accounts("a1"))
    write_text(tmp_path / "acounts.csv", "account_id,name", "a2,Two")
    report = import_files(engine, tmp_path, strict=True)
    assert not report.stored
    assert contents(engine)["account"] == []
