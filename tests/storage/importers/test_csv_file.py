"""CSV files as chunks: line numbers, quoting, rows that cannot be read."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.importers import csv_file
from storage.importers.csv_file import read
from storage.importing import Fault

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


def rows_of(path: Path) -> tuple[list[tuple[int, tuple[str, ...]]], list[Fault]]:
    """Every good row with its line, and the faults."""
    rows: list[tuple[int, tuple[str, ...]]] = []
    faults: list[Fault] = []
    with read(path) as sheet:
        for chunk in sheet.chunks:
            rows += zip(chunk.lines, zip(*chunk.columns, strict=True), strict=True)
            faults += chunk.faults
    return rows, faults


def read_text(path: Path, text: str) -> tuple[list[tuple[int, tuple[str, ...]]], list[Fault]]:
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return rows_of(path)


def test_line_breaks_in_quotes_do_not_disturb_the_line_numbers(tmp_path: Path) -> None:
    rows, faults = read_text(tmp_path / "x.csv", 'a,b\n1,"x\r\ny\nz"\n2,u\n\n"3",v\n4\n')
    assert rows == [(2, ("1", "x\r\ny\nz")), (5, ("2", "u")), (7, ("3", "v"))]
    assert [(fault.line, fault.cells) for fault in faults] == [(8, ("4",))]


def test_rows_with_too_many_or_too_few_cells_are_faults(tmp_path: Path) -> None:
    rows, faults = read_text(tmp_path / "x.csv", "a,b\n1\n1,2\n1,2,3\n")
    assert rows == [(3, ("1", "2"))]
    assert [(fault.line, fault.what.values) for fault in faults] == [
        (2, {"cells": 1, "columns": 2}),
        (4, {"cells": 3, "columns": 2}),
    ]


def test_a_missing_quotation_mark_costs_one_line(tmp_path: Path) -> None:
    rows, faults = read_text(tmp_path / "x.csv", 'a,b\n1,x\n2,"y\n3,z\n4,"w"\n5,v\n')
    assert rows == [(2, ("1", "x")), (4, ("3", "z")), (5, ("4", "w")), (6, ("5", "v"))]
    assert [(fault.line, fault.cells) for fault in faults] == [(3, ("2", '"y'))]


def test_a_cell_that_is_longer_than_the_reader_takes_costs_one_line(tmp_path: Path) -> None:
    long = "x" * (csv.field_size_limit() + 1)
    rows, faults = read_text(tmp_path / "x.csv", f"a,b\n1,{long}\n2,y\n")
    assert rows == [(3, ("2", "y"))]
    assert [fault.line for fault in faults] == [2]


def test_a_fault_far_into_a_file_of_long_cells_costs_one_line(tmp_path: Path) -> None:
    long = "lorem ipsum " * 800
    lines = [f'{number},"{long}\n{long}"' for number in range(900)]
    lines[700] = f'700,"{long}'
    rows, faults = read_text(tmp_path / "x.csv", "a,b\n" + "\n".join(lines) + "\n")
    assert [int(cells[0]) for _, cells in rows] == [n for n in range(900) if n != 700]
    assert [fault.line for fault in faults] == [2 + 700 * 2]
    assert rows[-1][0] == 2 + 700 * 2 + 1 + 198 * 2


def test_bytes_that_are_not_utf_8_stay_in_their_cell(tmp_path: Path) -> None:
    rows, faults = read_text(tmp_path / "x.csv", "a,b\n1,\udce9\n2,y\n")
    assert rows == [(2, ("1", "\udce9")), (3, ("2", "y"))]
    assert faults == []


def test_chunks_are_of_the_declared_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "CHUNK_ROWS", 10)
    (tmp_path / "x.csv").write_text("a\n" + "".join(f"{n}\n" for n in range(25)))
    with read(tmp_path / "x.csv") as sheet:
        chunks = list(sheet.chunks)
    assert [len(chunk.lines) for chunk in chunks] == [10, 10, 5]
    assert chunks[-1].done == sheet.size


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.tuples(CELL, CELL), max_size=30), ending=st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_is_read(tmp_path: Path, rows: list[tuple[str, str]], ending: str) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerows([("a", "b"), *rows])
    found, faults = read_text(tmp_path / "x.csv", text.getvalue())
    assert [cells for _, cells in found] == rows
    assert faults == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(alphabet='ab,"\n\r', max_size=60))
def test_any_text_gives_rows_and_faults_on_lines_that_rise(tmp_path: Path, text: str) -> None:
    rows, faults = read_text(tmp_path / "x.csv", f"a,b\n{text}")
    lines = sorted([line for line, _ in rows] + [fault.line for fault in faults])
    assert len(set(lines)) == len(lines)
    assert all(line >= 2 for line in lines)
