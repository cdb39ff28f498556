"""Pages: a paper (commands.core.reply.Paper) laid out as a PDF, in the drawing process.

A paper's data is plain JSON in the reader's words:

- `title`, `subtitle` (period and accounts), `about` (as of when, from what data), `page` ("Page {number} of {count}"),
  `language`, and `made_on`, an ISO day;
- `blocks`, from top to bottom, each with its `kind`:
  - `tiles`: `tiles`, each with `label`, `value`, `change` and `tone` (good, bad or empty);
  - `table`: `title`, `columns`, `rows` of as many texts, `widths` (shares), `texts` (the columns that begin at the
    left; the others end at the right), optionally `tones` (for each row that of each text) and `notes`, lines below;
  - `chart`: `picture`, its place among the paper's charts, `alt`, and `width`, its share of the page's;
  any of them with `with_next` stands on one page with the block that follows, if that is short enough.

This module does not import the PDF library: whoever asks for a paper does so without paying for it.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any


def lay_out(data: Mapping[str, Any], pictures: Sequence[bytes | None]) -> bytes:
    """The pages as PDF; `pictures` are the paper's charts as PNG, None for one that could not be drawn.

    Equal input gives equal bytes. The first call imports the PDF library: it belongs in the drawing process.
    """
    made: bytes = import_module("commands.ui.pages.sheets").pages(data, pictures)
    return made
