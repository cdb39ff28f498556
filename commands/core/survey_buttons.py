"""What the buttons of a question carry: its token, which means nothing to anybody else, and the answer."""

from typing import Final, NamedTuple

REMINDER: Final = "r"
"""Stands at the end of the values of a reminder's buttons."""


class Pressed(NamedTuple):
    """What a button of a question says."""

    token: str
    answer: str = ""
    """A score or an option's id; empty for buttons that answer nothing."""
    reminder: bool = False
    """It stands in the reminder."""


def value_of(token: str, answer: str = "", where: str = "") -> str:
    """The value of a button; `where` is REMINDER in a reminder."""
    return " ".join(part for part in (token, answer, where) if part)


def pressed_of(value: str) -> Pressed:
    """What a button's value says; one that was made up says nothing that can be found."""
    token, *rest = value.split(" ")
    reminder = rest[-1:] == [REMINDER]
    answer = rest[:-1] if reminder else rest
    return Pressed(token, " ".join(answer), reminder)
