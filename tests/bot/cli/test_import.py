import csv
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from storage.queries.tables import account
from storage.session import reading
from tests.bot.cli.conftest import Latido
from tests.bot.small_company import LATER, write, write_known_by

GOOD = [{"account_id": f"a{number}", "name": f"Account {number}"} for number in range(3)]
BAD = [*GOOD, {"account_id": "a3", "name": ""}]


def accounts(store: Engine) -> int:
    with reading(store) as db:
        count: int = db.execute(select(func.count()).select_from(account)).scalar_one()
        return count


def test_a_folder_is_reported_file_by_file(latido: Latido, folder: Path) -> None:
    write_known_by(folder / "export", LATER)
    said = latido("import", "export")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert "export/accounts.csv: 3 read, 3 new, 0 changed, 0 unchanged, 0 rejected" in lines
    assert len(lines) == 8


def test_the_same_folder_again_changes_nothing(latido: Latido, folder: Path) -> None:
    write_known_by(folder / "export", LATER)
    latido("import", "export")
    said = latido("import", "export")
    assert said.code == 0
    assert all(" 0 new, 0 changed, " in line for line in said.out.splitlines())


def test_a_bad_row_is_named_and_the_good_ones_land(latido: Latido, folder: Path, store: Engine) -> None:
    write(folder, "accounts.csv", BAD)
    said = latido("import", "accounts.csv")
    assert said.code == 1
    counts, problem = said.out.splitlines()
    assert counts == "accounts.csv: 4 read, 3 new, 0 changed, 0 unchanged, 1 rejected"
    assert problem.startswith("  accounts.csv:5 name: ")
    assert accounts(store) == 3


def test_the_value_that_was_read_is_shown(latido: Latido, folder: Path) -> None:
    write(folder, "accounts.csv", [{"account_id": "a", "name": "A", "seats_purchased": "many"}])
    (_, problem) = latido("import", "accounts.csv").out.splitlines()
    assert problem.startswith("  accounts.csv:2 seats_purchased: ")
    assert problem.endswith(", 'many'")


def test_strict_writes_nothing_if_anything_is_wrong(latido: Latido, folder: Path, store: Engine) -> None:
    write(folder, "accounts.csv", BAD)
    said = latido("import", "accounts.csv", "--strict")
    assert said.code == 1
    assert said.out.splitlines()[-1].startswith("Nothing was written, because of --strict")
    assert accounts(store) == 0


def test_strict_writes_what_is_right(latido: Latido, folder: Path, store: Engine) -> None:
    write(folder, "accounts.csv", GOOD)
    assert latido("import", "accounts.csv", "--strict").code == 0
    assert accounts(store) == 3


def test_rejected_rows_are_saved_mended_and_sent_again(latido: Latido, folder: Path, store: Engine) -> None:
    write(folder, "accounts.csv", BAD)
    said = latido("import", "accounts.csv", "--rejects", "mend.csv")
    assert said.code == 1
    place = said.out.splitlines()[-1].removeprefix("Rejected rows are in ").split(":")[0]
    with Path(place).open(encoding="utf-8", newline="") as file:
        (rejected,) = csv.DictReader(file)
    assert (rejected["account_id"], rejected["name"]) == ("a3", "")
    write(folder, place, [{"account_id": "a3", "name": "Account 3"}])
    assert latido("import", place).code == 0
    assert accounts(store) == 4


def test_rejects_that_would_replace_a_source_are_refused_before_anything_is_read(
    latido: Latido, folder: Path, store: Engine
) -> None:
    write(folder, "accounts.csv", BAD)
    before = (folder / "accounts.csv").read_bytes()
    said = latido("import", "accounts.csv", "--rejects", "accounts.csv")
    assert (said.code, said.out) == (2, "")
    assert "accounts.csv, which is to be imported" in said.err
    assert (folder / "accounts.csv").read_bytes() == before
    assert accounts(store) == 0


@pytest.mark.parametrize("language", ["es", "ru", "ru-RU"])
def test_the_report_speaks_the_language_asked_for(latido: Latido, folder: Path, language: str) -> None:
    write(folder, "accounts.csv", BAD)
    said = latido("import", "accounts.csv", "--language", language)
    assert said.out.startswith("accounts.csv: ")
    assert "unchanged" not in said.out


def test_in_a_pipe_there_are_plain_lines_and_no_bars(latido: Latido, folder: Path) -> None:
    write(folder, "accounts.csv", GOOD)
    said = latido("import", "accounts.csv")
    assert said.err == ""
    assert "\r" not in said.out
    assert "\x1b" not in said.out


def test_a_name_that_says_nothing_is_refused_with_the_nearest(latido: Latido, folder: Path) -> None:
    write(folder, "acounts.csv", GOOD)
    said = latido("import", "acounts.csv")
    assert said.code == 1
    assert "perhaps accounts.csv" in said.out


def test_a_folder_that_is_not_there_is_said(latido: Latido) -> None:
    said = latido("import", "nowhere")
    assert said.code == 1
    assert "nowhere: There is no such file." in said.out


def test_a_folder_without_any_file_to_load_is_said(latido: Latido, folder: Path) -> None:
    (folder / "empty").mkdir()
    said = latido("import", "empty")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("latido import: there is nothing to load in empty")


def test_a_column_that_nobody_knows_is_reported_and_not_fatal(latido: Latido, folder: Path) -> None:
    write(folder, "accounts.csv", [{"account_id": "a", "name": "A", "shoe_size": "43"}])
    said = latido("import", "accounts.csv")
    assert said.code == 0
    assert "shoe_size" in said.out


def test_a_file_without_a_required_column_is_refused_whole(latido: Latido, folder: Path, store: Engine) -> None:
    write(folder, "accounts.csv", [{"account_id": "a"}])
    said = latido("import", "accounts.csv")
    assert said.code == 1
    assert said.out.startswith("accounts.csv: refused\n")
    assert accounts(store) == 0


def test_many_problems_are_counted_rather_than_listed(latido: Latido, folder: Path) -> None:
    write(folder, "accounts.csv", [{"account_id": f"a{number}", "name": ""} for number in range(25)])
    lines = latido("import", "accounts.csv").out.splitlines()
    assert len(lines) == 1 + 20 + 1
    assert "… and 5 more" in lines[-1]
