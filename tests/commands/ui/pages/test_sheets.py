"""What stands on a paper's pages, read from the PDF itself."""

from collections.abc import Sequence
from typing import Any

import pypdfium2
import pytest

from commands.ui.charts import draw_png
from commands.ui.pages import lay_out
from tests.bot.pixel import draw_pixel

A4 = (595, 842)


def paper(*blocks: dict[str, Any], **changed: str) -> dict[str, Any]:
    given = {
        "title": "Customer success report",
        "subtitle": "October 2026, all customers",
        "about": "As of 23 Nov 2026",
        "page": "Page {number} of {count}",
        "language": "en",
        "made_on": "2026-11-23",
    }
    return given | changed | {"blocks": list(blocks)}


def table(count: int, **changed: Any) -> dict[str, Any]:
    given = {
        "kind": "table",
        "title": "CSMs",
        "columns": ["CSM", "MRR"],
        "rows": [[f"csm-{number}@us.example", f"${number},000"] for number in range(1, count + 1)],
        "widths": [3, 1],
        "texts": [0],
    }
    return given | changed


def texts(pdf: bytes) -> list[str]:
    """The words on each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_text(document[number]) for number in range(len(document))]


def _text(page: Any) -> str:
    words = page.get_textpage()
    text = str(words.get_text_range())
    words.close()
    page.close()
    return text.replace("\r\n", "\n")


def test_a_page_is_a4_and_says_what_it_is_about_as_of_when_and_which_page_it_is() -> None:
    pdf = lay_out(paper(table(3)), [])
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        assert tuple(round(side) for side in page.get_size()) == A4
        page.close()
    (text,) = texts(pdf)
    for words in ("Customer success report", "October 2026, all customers", "As of 23 Nov 2026", "Page 1 of 1"):
        assert words in text


def test_a_table_of_sixty_rows_goes_on_on_the_next_page_with_its_titles() -> None:
    pages = texts(lay_out(paper(table(60)), []))
    assert len(pages) == 2
    assert all("MRR" in page for page in pages)
    assert "Page 2 of 2" in pages[1]
    assert "Customer success report · October 2026" in pages[1]
    rows = [line for page in pages for line in page.splitlines() if "@us.example" in line]
    assert rows == [f"csm-{number}@us.example ${number},000" for number in range(1, 61)]


def test_a_short_table_is_not_torn_apart() -> None:
    pages = texts(lay_out(paper(table(25), table(25, title="Others")), []))
    assert len(pages) == 2
    assert "Others" not in pages[0]
    assert "Others" in pages[1]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("A" * 200, "AAAA…"),
        ("Ромашка ₽ €", "Ромашка ₽ €"),
        ("Acme 🚀 中", "Acme □ □"),
        ("{nb} of {count}", "{nb} of {count}"),
        ("two\nlines", "two lines"),
    ],
)
def test_any_name_is_shown_on_its_one_line(name: str, shown: str) -> None:
    (text,) = texts(lay_out(paper(table(1, rows=[[name, "$1"]])), []))
    (line,) = (line for line in text.splitlines() if "$1" in line)
    assert shown[-5:] in line
    assert line.endswith(" $1")


def test_notes_are_told_in_full_over_several_lines() -> None:
    note = " ".join(f"word{number}" for number in range(60))
    (text,) = texts(lay_out(paper(table(1, notes=[note])), []))
    assert "word0" in text
    assert "word59" in text


def test_a_chart_is_on_the_page_and_one_that_could_not_be_drawn_is_left_out() -> None:
    chart = {"kind": "chart", "picture": 0, "alt": "The line goes up", "width": 0.7}
    png = draw_pixel("test", "", {})
    with_it, without = (lay_out(paper(chart, table(1)), [picture]) for picture in (png, None))
    assert b"/Subtype /Image" in with_it
    assert b"/Subtype /Image" not in without
    assert len(texts(without)) == 1


def test_a_block_stands_with_the_one_that_belongs_to_it() -> None:
    bars = {"rows": [{"label": "good", "value": 1, "shown": "1"}] * 8, "labels": {"caption": ""}}
    png = draw_png("bars", "Health", bars)
    chart = {"kind": "chart", "picture": 0, "alt": "", "width": 0.7}
    blocks: Sequence[dict[str, Any]] = (table(25), table(3, title="Health", with_next=True), chart)
    pages = texts(lay_out(paper(*blocks), [png]))
    assert len(pages) == 2
    assert "Health" not in pages[0]


def test_tiles_show_a_figure_and_its_change() -> None:
    tiles = [{"label": f"Figure {n}", "value": f"{n} %", "change": "▲ 1 pp", "tone": "good"} for n in range(8)]
    (text,) = texts(lay_out(paper({"kind": "tiles", "tiles": tiles}), []))
    assert "Figure 7" in text
    assert "7 %" in text
    assert text.count("▲ 1 pp") == 8


def test_equal_papers_are_equal_bytes() -> None:
    assert lay_out(paper(table(3)), []) == lay_out(paper(table(3)), [])
