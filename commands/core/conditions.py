"""What a form's inputs say: texts, and conditions that anything fits or only one name."""

from typing import Final

ANY: Final = "*"
"""The line of a menu that anything fits."""
NAMED: Final = "="
"""Before a name that a line of a menu carries, so that none of them is empty or means any."""


def text_in(value: object) -> str | None:
    """What was written; None: nothing but white space."""
    return value.strip() if isinstance(value, str) and value.strip() else None


def name_in(value: object) -> str | None:
    """The name that was chosen; None: any."""
    text = text_in(value)
    return None if text is None or text == ANY else text.removeprefix(NAMED)
