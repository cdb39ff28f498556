"""An A4 page and what stands on it: the only module that knows the PDF library. Millimetres throughout.

The font is the charts', which has Cyrillic, € and ₽; what it lacks (emoji, Chinese) becomes □ as in the charts.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from fpdf import FPDF

from commands.ui.charts._paper import clean, font_file

WIDTH: Final = 180.0
"""Between the margins."""
MARGIN: Final = 15.0
TOP: Final = 16.0
BOTTOM: Final = 281.0
"""Where the last line of a page ends."""
FOOT: Final = 284.0
FONT: Final = "DejaVu"
SMALLEST: Final = 0.8
"""Of a text's size: what does not fit then is cut."""

Color = tuple[int, int, int]
INK: Final[Color] = (29, 28, 29)
QUIET: Final[Color] = (97, 96, 97)
GREY: Final[Color] = (221, 221, 221)
PALE: Final[Color] = (243, 246, 249)
GOOD: Final[Color] = (0, 102, 75)
BAD: Final[Color] = (163, 71, 0)
ACCENT: Final[Color] = (0, 114, 178)


class Sheet:
    """Pages that are filled from the top; every place is told from the left margin and the present height."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Begin the first page with the paper's title; `data` as commands.ui.pages says."""
        self._data = data
        self._pdf = FPDF(format="A4", unit="mm")
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.set_margins(MARGIN, TOP, MARGIN)
        self._pdf.c_margin = 0
        self._pdf.alias_nb_pages("")  # a customer may be called {nb}
        self._pdf.add_font(FONT, "", font_file())
        self._pdf.add_font(FONT, "B", font_file(bold=True))
        self._pdf.set_title(clean(f"{data['title']}, {data['subtitle']}"))
        self._pdf.set_lang(data["language"])
        self._pdf.set_creator("Latido")
        made = datetime.fromisoformat(data["made_on"]).replace(tzinfo=UTC)
        self._pdf.set_creation_date(made)
        self._y = TOP
        self._begin()
        self._heading()

    # --- Places ------------------------------------------------------------------------------------------------------

    def fits(self, height: float) -> bool:
        """Whether there is so much room on this page."""
        return self._y + height <= BOTTOM

    def room(self, height: float) -> None:
        """Turn the page unless there is so much room."""
        if not self.fits(height):
            self.turn()

    def turn(self) -> None:
        """Begin another page, with the paper's name small at its top."""
        self._begin()
        self._y = TOP - 6
        named = f"{self._data['title']} · {self._data['subtitle']}"
        self.write(0, 0, WIDTH, 4.5, named, size=7.5, color=QUIET)
        self._y = TOP + 2

    def down(self, height: float) -> None:
        """Go on below."""
        self._y += height

    # --- Marks -------------------------------------------------------------------------------------------------------

    def write(
        self,
        left: float,
        below: float,
        width: float,
        height: float,
        text: str,
        *,
        size: float,
        color: Color = INK,
        bold: bool = False,
        align: str = "L",
    ) -> None:
        """One line of text: where it is too long for its room it is written smaller, then cut."""
        shown = clean(text)
        self._style(size, color, bold=bold)
        wide = self._pdf.get_string_width(shown)
        if wide > width:
            self._style(max(size * width / wide * 0.99, size * SMALLEST), color, bold=bold)
            shown = self._cut(shown, width)
        self._pdf.set_xy(MARGIN + left, self._y + below)
        self._pdf.cell(width, height, shown, align=align)

    def paragraph(self, text: str, height: float, *, size: float, color: Color) -> None:
        """Text over as many lines of that height as it takes, on the next page where there is no room."""
        self._style(size, color)
        found: Any = self._pdf.multi_cell(WIDTH, height, clean(text), align="L", dry_run=True, output="LINES")
        lines: list[str] = found
        self.room(height * len(lines))
        self._style(size, color)
        for line in lines:
            self._pdf.set_xy(MARGIN, self._y)
            self._pdf.cell(WIDTH, height, line)
            self._y += height

    def box(self, left: float, width: float, height: float, color: Color) -> None:
        """A filled field."""
        self._pdf.set_fill_color(*color)
        self._pdf.rect(MARGIN + left, self._y, width, height, style="F", round_corners=True, corner_radius=1.5)

    def rule(self, below: float, color: Color) -> None:
        """A thin line across."""
        self._pdf.set_draw_color(*color)
        self._pdf.set_line_width(0.2)
        self._pdf.line(MARGIN, self._y + below, MARGIN + WIDTH, self._y + below)

    def picture(self, file: BytesIO, left: float, width: float, height: float, alt: str) -> None:
        """A PNG."""
        self._pdf.image(file, MARGIN + left, self._y, width, height, alt_text=clean(alt))

    def finished(self) -> bytes:
        """The whole as PDF, the pages numbered."""
        count = self._pdf.pages_count
        for number in range(1, count + 1):
            self._pdf.page = number
            self._pdf.current_font_is_set_on_page = False
            self._y = FOOT
            page = self._data["page"].replace("{number}", str(number)).replace("{count}", str(count))
            self.write(0, 0, WIDTH - 30, 4, self._data["about"], size=6.5, color=QUIET)
            self.write(WIDTH - 30, 0, 30, 4, page, size=6.5, color=QUIET, align="R")
        return bytes(self._pdf.output())

    # --- How it is done ----------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._pdf.add_page()

    def _heading(self) -> None:
        self._pdf.set_fill_color(*ACCENT)
        self._pdf.rect(MARGIN, self._y, 1.6, 15.5, style="F")
        self.write(5, -0.5, WIDTH - 5, 9, self._data["title"], size=19, bold=True)
        self.write(5, 9.6, WIDTH - 5, 6, self._data["subtitle"], size=11, color=QUIET)
        self.down(21)

    def _style(self, size: float, color: Color, *, bold: bool = False) -> None:
        self._pdf.set_font(FONT, "B" if bold else "", size)
        self._pdf.set_text_color(*color)

    def _cut(self, text: str, width: float) -> str:
        if self._pdf.get_string_width(text) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self._pdf.get_string_width(text[:middle].rstrip() + "…") <= width:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + "…"
