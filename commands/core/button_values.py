"""What buttons carry: a page and the question in its lasting form, with a version, because buttons live on."""

from typing import Final, NamedTuple

from commands.core.errors import UserError
from metrics.types import Sentence

VERSION: Final = "1"


class Pressed(NamedTuple):
    """What a button means: `text` is the question or key it stands for, `page` counts from 0."""

    text: str
    page: int = 0


def packed(text: str, page: int = 0) -> str:
    """The value of a button."""
    return f"{VERSION} {page} {text}"


def unpacked(value: str) -> Pressed:
    """The reverse of `packed`; UserError for a button that an older version left behind, or one made up."""
    version, _, rest = value.partition(" ")
    page, _, text = rest.partition(" ")
    if version != VERSION or not page.isdecimal() or len(page) > 6:
        raise UserError(Sentence("This button is from an earlier time and no longer works. Please ask again."))
    return Pressed(text, int(page))
