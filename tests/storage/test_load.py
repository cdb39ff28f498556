"""Loading files: what is new, changed, unchanged and rejected, on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage import load_file
from tests.factories import (
    NOW,
    accounts,
    complaints,
    contents,
    counts,
    import_files,
    stored,
    subscription,
    write_csv,
    write_text,
)

EVERYTHING = Path(__file__).parents[1] / "fixtures" / "clinic"


def test_every_entity_of_the_contract_comes_in_from_a_folder(engine: Engine) -> None:
    report = import_files(engine, EVERYTHING)
    assert complaints(report) == []
    assert {file.entity for file in report.files} == {path.stem for path in EVERYTHING.glob("*.csv")}
    assert len(report.files) == 13
    assert all(file.read == file.new > 0 for file in report.files)


def test_the_same_files_twice_leave_the_store_as_it_was(engine: Engine) -> None:
    import_files(engine, EVERYTHING)
    before = contents(engine)
    report = import_files(engine, EVERYTHING, now=NOW.replace(year=2027))
    assert contents(engine) == before
    assert all(file.read == file.unchanged > 0 for file in report.files)


def test_the_same_files_twice_leave_the_database_file_byte_for_byte_as_it_was(sqlite_engine: Engine) -> None:
    def bytes_of_it() -> bytes:
        sqlite_engine.dispose()  # the last connection folds the write-ahead log into the file
        return Path(str(sqlite_engine.url.database)).read_bytes()

    import_files(sqlite_engine, EVERYTHING)
    before = bytes_of_it()
    import_files(sqlite_engine, EVERYTHING, now=NOW.replace(year=2027))
    assert bytes_of_it() == before


def test_counts_are_exact(engine: Engine, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "accounts.csv", accounts("a1", "a2", "a3", segment="smb"))
    assert counts(import_files(engine, path)) == (3, 3, 0, 0, 0)
    rows = [*accounts("a1", segment="mid"), *accounts("a2", segment="smb"), *accounts("a9", "", segment="smb")]
    write_csv(path, rows)
    assert counts(import_files(engine, path)) == (4, 1, 1, 1, 1)


def test_of_two_rows_with_one_key_the_later_wins(engine: Engine, tmp_path: Path) -> None:
    rows = [*accounts("a1", segment="x"), *accounts("a2", segment="x"), *accounts("a1", segment="y")]
    path = write_csv(tmp_path / "accounts.csv", [*rows, *accounts("a1", segment="y")])
    assert counts(import_files(engine, path)) == (4, 2, 0, 2, 0)
    assert stored(engine, "SELECT key, segment FROM account ORDER BY key") == [("a1", "y"), ("a2", "x")]


def test_a_file_with_a_key_twice_changes_nothing_when_it_comes_again(engine: Engine, tmp_path: Path) -> None:
    write_csv(tmp_path / "accounts.csv", [*accounts("a1", segment="x"), *accounts("a1", segment="y")])
    write_text(tmp_path / "usage.csv", "account_id,day,sessions", "a1,2026-11-01,1", "a1,2026-11-01,2")
    import_files(engine, tmp_path)
    before = contents(engine)
    report = import_files(engine, tmp_path, now=NOW.replace(year=2027))
    assert [(file.new, file.changed, file.unchanged) for file in report.files] == [(0, 0, 2), (0, 0, 2)]
    assert contents(engine) == before
    assert stored(engine, "SELECT sessions FROM usage") == [(2,)]


def test_an_empty_cell_makes_unknown_and_an_absent_column_leaves_alone(engine: Engine, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "accounts.csv", accounts("a1", segment="smb", country="ES"))
    import_files(engine, path)
    write_csv(path, accounts("a1", segment=""))
    assert counts(import_files(engine, path)) == (1, 0, 1, 0, 0)
    assert stored(engine, "SELECT segment, country FROM account") == [(None, "ES")]


def test_an_empty_number_is_unknown_and_not_zero(engine: Engine, tmp_path: Path) -> None:
    write_csv(tmp_path / "accounts.csv", accounts("a1"))
    write_text(tmp_path / "usage.csv", "account_id,day,sessions,events", "a1,2026-11-01,,0")
    import_files(engine, tmp_path)
    assert stored(engine, "SELECT sessions, events, minutes, user_key, feature FROM usage") == [(None, 0, None, "", "")]


def test_defaults_of_the_contract_hold_for_empty_cells_and_for_absent_columns(engine: Engine, tmp_path: Path) -> None:
    write_csv(tmp_path / "accounts.csv", accounts("a1"))
    row = subscription() | {"quantity": ""}
    write_csv(tmp_path / "subscriptions-1.csv", [row])
    del row["quantity"]
    write_csv(tmp_path / "subscriptions-2.csv", [row | {"subscription_id": "s2"}])
    import_files(engine, tmp_path)
    assert stored(engine, "SELECT quantity, interval_count FROM subscription") == [(1, 1), (1, 1)]


def test_columns_come_in_any_order_and_unknown_ones_are_reported(engine: Engine, tmp_path: Path) -> None:
    path = write_text(tmp_path / "accounts.csv", "mood, name ,account_id", "great,Acme,a1")
    report = import_files(engine, path)
    assert counts(report) == (1, 1, 0, 0, 0)
    assert report.files[0].unknown_columns == ("mood",)
    assert report.flawless


def test_a_byte_order_mark_is_tolerated(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text("account_id,name\na1,Ñandú\n", encoding="utf-8-sig")
    import_files(engine, path)
    assert stored(engine, "SELECT key, name, folded_name FROM account") == [("a1", "Ñandú", "nandu")]


def test_a_bad_row_is_named_and_the_good_ones_land(engine: Engine, tmp_path: Path) -> None:
    path = write_text(
        tmp_path / "accounts.csv",
        "account_id,name,created_on,seats_purchased",
        "a1,One,2026-01-01,5",
        "a2,,2026-02-30,-1",
        "a3,Three,,",
    )
    report = import_files(engine, path)
    assert counts(report) == (3, 2, 0, 0, 1)
    assert complaints(report) == [
        (3, "name", "is empty, but every row needs it", ""),
        (3, "created_on", "is not a date YYYY-MM-DD", "2026-02-30"),
        (3, "seats_purchased", "is not a whole number from 0 to 2147483647", "-1"),
    ]


def test_bytes_that_are_not_utf_8_are_named_by_line_and_column(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_bytes(b"account_id,name\na1,Caf\xc3\xa9\na2,Caf\xe9\n")
    report = import_files(engine, path)
    assert counts(report) == (2, 1, 0, 0, 1)
    assert complaints(report) == [(3, "name", "is not UTF-8", "Caf�")]


def test_a_nul_character_is_a_bad_cell(engine: Engine, tmp_path: Path) -> None:
    path = write_text(tmp_path / "accounts.csv", "account_id,name", "a1,A\0B", "a2,Two")
    report = import_files(engine, path)
    assert counts(report) == (2, 1, 0, 0, 1)
    assert complaints(report)[0][:3] == (2, "name", "has a NUL character in it")


def test_references_that_do_not_exist_are_bad_rows(engine: Engine, tmp_path: Path) -> None:
    write_csv(tmp_path / "accounts.csv", accounts("a1"))
    write_csv(tmp_path / "subscriptions.csv", [subscription("s1", "a1"), subscription("s2", "ghost")])
    report = import_files(engine, tmp_path)
    assert counts(report) == (2, 1, 0, 0, 1)
    assert complaints(report) == [(3, "account_id", "is not the key of any row in accounts", "ghost")]


def test_files_come_in_any_order(engine: Engine, tmp_path: Path) -> None:
    later = write_csv(tmp_path / "subscriptions.csv", [subscription()])
    first = write_csv(tmp_path / "accounts.csv", accounts("a1"))
    report = import_files(engine, later, first, tmp_path)
    assert [file.entity for file in report.files] == ["accounts", "subscriptions"]
    assert report.flawless


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("account_id,segment", "The header lacks a required column: name"),
        ("id,label", "The header lacks required columns: account_id, name"),
        ("account_id,name,name", "The header has this column more than once"),
        ("account_id;name", "Columns must be separated by commas, not by semicolons"),
        ('"account_id,name', "The first line cannot be read: a quotation mark is missing."),
        ("", "The first line is empty: it must name the columns."),
        ("x" * 70_000, "The first line is too long for a header: this is not a CSV file."),
    ],
)
def test_a_file_without_the_right_header_is_refused_and_the_others_go_on(
    engine: Engine, tmp_path: Path, header: str, what: str
) -> None:
    write_text(tmp_path / "accounts-1.csv", header, "a1,One")
    write_csv(tmp_path / "accounts-2.csv", accounts("a2"))
    report = import_files(engine, tmp_path)
    assert [file.refused for file in report.files] == [True, False]
    problem = report.files[0].problems[0]
    text = (problem.what.many if problem.what.number == 2 else problem.what.text) or ""
    assert text.format(**problem.what.values) == what
    assert stored(engine, "SELECT key FROM account") == [("a2",)]


@pytest.mark.parametrize("content", [b"", b"\xff\xfea\x00c\x00c\x00", b"PK\x03\x04\x00\xff\n1,2\n"])
def test_what_is_no_csv_file_is_refused(sqlite_engine: Engine, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "accounts.csv"
    path.write_bytes(content)
    report = import_files(sqlite_engine, path)
    assert report.files[0].refused
    assert not report.flawless


def test_freshness_moves_when_rows_come_in_new_or_changed_and_not_otherwise(engine: Engine, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "accounts.csv", accounts("a1"))
    moments = [NOW.replace(day=day) for day in (1, 2, 3)]
    found = []
    for moment, segment in zip(moments, ("x", "x", "y"), strict=True):
        write_csv(path, accounts("a1", segment=segment))
        import_files(engine, path, now=moment)
        found += [row[1] for row in contents(engine)["data_load"]]
    assert found == [moments[0], moments[0], moments[2]]


def test_an_amount_is_read_in_the_currency_that_is_stored_where_the_file_lacks_it(
    engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "accounts.csv"
    write_text(path, "account_id,name,currency", "a1,One,JPY", "a2,Two,")
    import_files(engine, path)
    write_text(path, "account_id,name,potential_mrr", "a1,One,1000", "a2,Two,1000", "a1,One,10.5")
    report = import_files(engine, path)
    assert counts(report) == (3, 0, 2, 0, 1)
    assert stored(engine, "SELECT key, currency, potential_mrr FROM account ORDER BY key") == [
        ("a1", "JPY", 1000),
        ("a2", None, 100_000),
    ]


def test_a_currency_without_its_amount_does_not_rescale_what_is_stored(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    write_text(path, "account_id,name,currency,potential_mrr", "a1,One,USD,1000.00", "a2,Two,,5.00", "a3,Three,USD,")
    import_files(engine, path)
    write_text(path, "account_id,name,currency", "a1,One,JPY", "a1,Uno,usd", "a2,Two,EUR", "a2,Two,JPY", "a3,Three,JPY")
    report = import_files(engine, path)
    assert counts(report) == (5, 0, 3, 0, 2)
    assert complaints(report) == [
        (2, "currency", "is not USD, the currency of the stored potential_mrr: send potential_mrr too", "JPY"),
        (5, "currency", "is not EUR, the currency of the stored potential_mrr: send potential_mrr too", "JPY"),
    ]
    assert stored(engine, "SELECT name, currency, potential_mrr FROM account ORDER BY key") == [
        ("Uno", "USD", 100_000),
        ("Two", "EUR", 500),
        ("Three", "JPY", None),
    ]


def test_a_campaign_of_all_accounts_and_one_of_an_account_are_different_rows(engine: Engine, tmp_path: Path) -> None:
    write_csv(tmp_path / "accounts.csv", accounts("a1"))
    path = write_text(
        tmp_path / "campaigns.csv", "campaign_id,day,account_id,sent", "c,2026-11-01,,10", "c,2026-11-01,a1,4"
    )
    assert counts(import_files(engine, tmp_path)) == (2, 2, 0, 0, 0)
    write_text(path, "campaign_id,day,account_id,sent", "c,2026-11-01,,11", "c,2026-11-01,a1,4")
    assert counts(import_files(engine, path)) == (2, 0, 1, 1, 0)
    write_text(path, "campaign_id,day,sent", "c,2026-11-01,12")
    assert counts(import_files(engine, path)) == (1, 0, 1, 0, 0)
    assert stored(engine, "SELECT account_id IS NULL, sent FROM campaign ORDER BY sent") == [(False, 4), (True, 12)]


def test_text_keeps_tabs_backslashes_quotes_and_line_breaks(engine: Engine, tmp_path: Path) -> None:
    text = 'a\tb\\n"c"\r\nd\ne \\N \\. ✓'
    write_csv(tmp_path / "accounts.csv", accounts("a1"))
    advocacy = {"advocacy_id": "v1", "account_id": "a1", "kind": "talk", "day": "2026-01-01", "note": text}
    write_csv(tmp_path / "advocacy.csv", [advocacy])
    assert import_files(engine, tmp_path).flawless
    assert stored(engine, "SELECT note FROM advocacy") == [(text,)]


def test_a_file_of_many_batches_is_counted_exactly(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_file, "BATCH_ROWS", 700)
    keys = [f"a{number}" for number in range(2_345)]
    path = write_csv(tmp_path / "accounts.csv", accounts(*keys))
    seen: list[tuple[str, int, int]] = []
    report = import_files(engine, path, progress=lambda *told: seen.append(told))
    assert counts(report) == (2_345, 2_345, 0, 0, 0)
    assert len(seen) > 1
    assert seen[-1] == (str(path), path.stat().st_size, path.stat().st_size)
    write_csv(path, accounts(*keys[1_000:], "new", name="Renamed"))
    assert counts(import_files(engine, path)) == (1_346, 1, 1_345, 0, 0)
