"""A paper's blocks on A4 pages: what belongs together stays together, long tables go on with their titles repeated."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import zip_longest
from struct import unpack
from typing import Any, Final

from commands.ui.pages._sheet import BAD, GOOD, GREY, INK, PALE, QUIET, WIDTH, Sheet

TILE_HEIGHT: Final = 19.0
TILE_GAP: Final = 3.0
TILES_A_ROW: Final = 4
ROW: Final = 5.3
HEAD: Final = 6.2
TITLE: Final = 8.4
NOTE: Final = 4.2
NOTES_ABOVE: Final = 1.4
AROUND_CHART: Final = 5.0
AFTER_TABLE: Final = 3.2
GUTTER: Final = 0.8
INDENT: Final = 5.0
TOGETHER_MOST: Final = 30
"""Rows of a table that is not torn apart."""
TONES: Final = {"good": GOOD, "bad": BAD}
SIZE: Final = 8.5
SMALL: Final = 7.5


def pages(data: Mapping[str, Any], pictures: Sequence[bytes | None]) -> bytes:
    """The PDF; see commands.ui.pages for the data."""
    sheet = Sheet(data)
    blocks = [block for block in data["blocks"] if block["kind"] != "chart" or pictures[block["picture"]]]
    for block, following in zip_longest(blocks, blocks[1:]):
        with_next = block.get("with_next") and following is not None
        sheet.room(_height(block, pictures) + (_height(following, pictures) if with_next else 0))
        match block["kind"]:
            case "tiles":
                _tiles(sheet, block["tiles"])
            case "table":
                _table(sheet, block)
            case "chart":
                _chart(sheet, block, pictures[block["picture"]] or b"")
    return sheet.finished()


def _height(block: Mapping[str, Any], pictures: Sequence[bytes | None]) -> float:
    """How high a block is; of a table that may be torn, its first rows."""
    match block["kind"]:
        case "tiles":
            return (TILE_HEIGHT + TILE_GAP) * -(-len(block["tiles"]) // TILES_A_ROW)
        case "table":
            rows, notes = len(block["rows"]), len(block.get("notes", ()))
            below = NOTES_ABOVE + NOTE * notes + AFTER_TABLE
            return TITLE + HEAD + (ROW * 3 if rows > TOGETHER_MOST else ROW * rows + below)
    return _size(block, pictures[block["picture"]] or b"")[1] + AROUND_CHART


def _tiles(sheet: Sheet, tiles: Sequence[Mapping[str, str]]) -> None:
    """The most important figures, four beside each other."""
    width = (WIDTH - TILE_GAP * (TILES_A_ROW - 1)) / TILES_A_ROW
    for first in range(0, len(tiles), TILES_A_ROW):
        for place, tile in enumerate(tiles[first : first + TILES_A_ROW]):
            left = place * (width + TILE_GAP)
            sheet.box(left, width, TILE_HEIGHT, PALE)
            sheet.write(left + 2.5, 1.6, width - 5, 4.5, tile["label"], size=SMALL, color=QUIET)
            sheet.write(left + 2.5, 6.0, width - 5, 7, tile["value"], size=14, bold=True)
            tone = TONES.get(tile["tone"], QUIET)
            sheet.write(left + 2.5, 13.2, width - 5, 4, tile["change"], size=SMALL, color=tone)
        sheet.down(TILE_HEIGHT + TILE_GAP)


def _table(sheet: Sheet, block: Mapping[str, Any]) -> None:
    rows: Sequence[Sequence[str]] = block["rows"]
    widths = [WIDTH * share / sum(block["widths"]) for share in block["widths"]]
    tones: Sequence[Sequence[str]] = block.get("tones") or [[""] * len(row) for row in rows]
    aligns = ["L" if place in block["texts"] else "R" for place in range(len(widths))]
    sheet.write(0, 1, WIDTH, 6, block["title"], size=11.5, bold=True)
    sheet.down(TITLE)
    _head(sheet, block["columns"], widths, aligns)
    for row, tone in zip(rows, tones, strict=True):
        if not sheet.fits(ROW):
            sheet.turn()
            _head(sheet, block["columns"], widths, aligns)
        _row(sheet, row, tone, widths, aligns)
    _lines(sheet, block.get("notes", ()))
    sheet.down(AFTER_TABLE)


def _head(sheet: Sheet, columns: Sequence[str], widths: Sequence[float], aligns: Sequence[str]) -> None:
    left = 0.0
    for column, width, align in zip(columns, widths, aligns, strict=True):
        room = _room(left, width, align)
        sheet.write(left + width - room, 0.4, room - GUTTER, 5, column, size=SMALL, color=QUIET, align=align)
        left += width
    sheet.rule(HEAD - 0.4, INK)
    sheet.down(HEAD)


def _room(left: float, width: float, align: str) -> float:
    """What of a column its text may take: words keep their distance from the number before them."""
    if left == 0:
        return width
    return width - (INDENT if align == "L" else GUTTER)


def _row(
    sheet: Sheet, row: Sequence[str], tones: Sequence[str], widths: Sequence[float], aligns: Sequence[str]
) -> None:
    """A line of a table; the second column, the answer to the first one, is in bold."""
    left = 0.0
    for place, (text, tone, width, align) in enumerate(zip(row, tones, widths, aligns, strict=True)):
        style: dict[str, Any] = {"size": SIZE, "color": TONES.get(tone, INK), "bold": place == 1, "align": align}
        room = _room(left, width, align)
        sheet.write(left + width - room, 0.3, room - GUTTER, ROW - 0.8, text, **style)
        left += width
    sheet.rule(ROW - 0.2, GREY)
    sheet.down(ROW)


def _lines(sheet: Sheet, notes: Sequence[str]) -> None:
    if notes:
        sheet.down(NOTES_ABOVE)
    for note in notes:
        sheet.paragraph(note, NOTE, size=SMALL, color=QUIET)


def _size(block: Mapping[str, Any], png: bytes) -> tuple[float, float]:
    """How wide and high a picture is on the page."""
    wide, high = unpack(">II", png[16:24])  # where every PNG has them
    width = WIDTH * float(block["width"])
    return width, width * high / wide


def _chart(sheet: Sheet, block: Mapping[str, Any], png: bytes) -> None:
    """A picture in the middle."""
    width, height = _size(block, png)
    sheet.picture(BytesIO(png), (WIDTH - width) / 2, width, height, block["alt"])
    sheet.down(height + AROUND_CHART)
