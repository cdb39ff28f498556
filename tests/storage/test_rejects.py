"""Rejected rows, saved, mended and sent again."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.errors import StoreError
from storage.rejects import RejectFiles
from storage.sources import find_sources
from tests.factories import accounts, counts, import_files, stored, write_csv, write_text


def test_what_is_rejected_can_be_mended_and_imported(engine: Engine, tmp_path: Path) -> None:
    rows = [*accounts("a1"), *accounts("a2", "a3", created_on="soon")]
    rows = [{"created_on": "", "mood": 'so "so", truly\nso'} | row for row in rows]
    path = write_csv(tmp_path / "accounts.csv", rows)
    with RejectFiles(tmp_path / "bad.csv") as rejects:
        assert counts(import_files(engine, path, rejects=rejects)) == (3, 1, 0, 0, 2)
    (saved,) = rejects.written
    assert saved == tmp_path / "bad-accounts.csv"
    write_csv(path, rows[1:])
    assert saved.read_text().splitlines() == path.read_text().splitlines()

    saved.write_text(saved.read_text().replace("soon", "2026-01-01"))
    assert counts(import_files(engine, saved)) == (2, 2, 0, 0, 0)
    assert stored(engine, "SELECT key FROM account ORDER BY key") == [("a1",), ("a2",), ("a3",)]


def test_bytes_that_are_not_utf_8_are_saved_as_they_were(sqlite_engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_bytes(b"account_id,name\na1,Caf\xe9\n")
    with RejectFiles(tmp_path / "accounts-bad.csv") as rejects:
        import_files(sqlite_engine, path, rejects=rejects)
    assert rejects.written == [tmp_path / "accounts-bad.csv"]
    assert rejects.written[0].read_bytes() == path.read_bytes()


def test_rows_with_other_columns_go_to_a_file_of_their_own(sqlite_engine: Engine, tmp_path: Path) -> None:
    write_text(tmp_path / "accounts-1.csv", "account_id,name", "a1,")
    write_text(tmp_path / "accounts-2.csv", "name,account_id", ",a2")
    write_text(tmp_path / "leads.csv", "lead_id,created_on", "l1,")
    with RejectFiles(tmp_path / "bad.csv") as rejects:
        import_files(sqlite_engine, tmp_path, rejects=rejects)
    assert [path.name for path in rejects.written] == ["bad-accounts.csv", "bad-accounts-2.csv", "bad-leads.csv"]
    assert (tmp_path / "bad-accounts-2.csv").read_text() == "name,account_id\n,a2\n"


def test_a_row_that_is_no_row_is_saved_too(sqlite_engine: Engine, tmp_path: Path) -> None:
    path = write_text(tmp_path / "accounts.csv", "account_id,name", "a1,One,more", "a2,Two")
    with RejectFiles(tmp_path / "bad.csv") as rejects:
        assert counts(import_files(sqlite_engine, path, rejects=rejects)) == (2, 1, 0, 0, 1)
    assert rejects.written[0].read_text() == "account_id,name\na1,One,more\n"


def test_nothing_is_created_where_nothing_is_rejected(sqlite_engine: Engine, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "accounts.csv", accounts("a1"))
    with RejectFiles(tmp_path / "bad.csv") as rejects:
        import_files(sqlite_engine, path, rejects=rejects)
    assert rejects.written == []
    assert not (tmp_path / "bad.csv").exists()


def test_a_file_that_is_to_be_imported_is_never_replaced(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "bad-accounts.csv", accounts("a1"))
    second = write_csv(tmp_path / "bad-accounts-2.csv", accounts("a2"))
    sources, _ = find_sources([tmp_path])
    for place in (path, tmp_path / "bad.csv", tmp_path / ".." / tmp_path.name / "bad.csv"):
        with pytest.raises(StoreError, match="which is to be imported"):
            RejectFiles(place, sources)
    with pytest.raises(StoreError, match=r"bad-accounts-2\.csv, which is to be imported"):
        RejectFiles(tmp_path / "bad.csv", [sources[0], sources[0]._replace(path=second)][::-1])
    RejectFiles(tmp_path / "worse.csv", sources)


def test_a_file_that_was_there_stays_until_its_successor_is_whole(sqlite_engine: Engine, tmp_path: Path) -> None:
    path = write_text(tmp_path / "accounts.csv", "account_id,name", "a1,")
    place = write_text(tmp_path / "bad-accounts.csv", "what was there")
    with RejectFiles(place) as rejects:
        import_files(sqlite_engine, path, rejects=rejects)
        assert place.read_text() == "what was there\n"
    assert place.read_text() == path.read_text()
    assert sorted(each.name for each in tmp_path.glob("*accounts*")) == ["accounts.csv", "bad-accounts.csv"]
