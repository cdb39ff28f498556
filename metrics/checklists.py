"""Playbooks: what is to be done when a signal fires, as a checklist; how one is written by hand and read back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from metrics.types import Sentence

STEP_MOST: Final = 75
"""Characters of a step: what Slack shows beside a box to tick."""
STEPS_MOST: Final = 20
DAYS_MOST: Final = 365
TITLE_MOST: Final = 100

_UNITS: Final = frozenset(("d", "day", "days", "día", "días", "dia", "dias", "д", "дн", "день", "дня", "дней", "сут"))
_DAYS: Final = re.compile(r"([-+]?\d+)\s*([^\W\d_]*)\.?\s*:\s*(.*)")
_BULLETS: Final = re.compile(r"\A(?:[-–•*]\s+)+")


class Step(NamedTuple):
    """One thing to do."""

    text: str
    """At most STEP_MOST characters; of a declared playbook a msgid."""
    days: int | None = None
    """Working days from the start until it is due; None: whenever."""


@dataclass(frozen=True, slots=True)
class Playbook:
    """A checklist that is offered for some signals."""

    id: str
    title: str
    """Of a declared playbook a msgid."""
    rules: tuple[str, ...]
    """The ids of the rules it is offered for; none: it is begun by hand."""
    steps: tuple[Step, ...]

    @property
    def days(self) -> int | None:
        """Working days until the last step is due; None where no step is."""
        return max((step.days for step in self.steps if step.days is not None), default=None)


class Misread(NamedTuple):
    """A line that is no step: its number from 1 (0: all of it), and what is wrong."""

    line: int
    what: Sentence


def lines_of(steps: Iterable[Step]) -> str:
    r"""The steps as lines that `steps_of` reads.

    >>> lines_of([Step("Call them", 2), Step("Write it down")])
    '2d: Call them\nWrite it down'
    """
    return "\n".join(step.text if step.days is None else f"{step.days}d: {step.text}" for step in steps)


def steps_of(text: str) -> tuple[Step, ...] | Misread:
    """The steps that somebody wrote, one a line, "3d: …" for three working days; empty lines count for nothing.

    >>> steps_of("1d: Call them")
    (Step(text='Call them', days=1),)
    """
    steps = []
    for number, line in enumerate(text.split("\n"), 1):
        written = _BULLETS.sub("", " ".join(line.split()))
        if not written:
            continue
        step = _step(written)
        if isinstance(step, Sentence):
            return Misread(number, step)
        steps.append(step)
    if not steps:
        return Misread(0, Sentence("Write at least one step."))
    if len(steps) > STEPS_MOST:
        return Misread(0, Sentence("At most {most} steps, please.", {"most": STEPS_MOST}))
    return tuple(steps)


def _step(line: str) -> Step | Sentence:
    """A line without its bullet; a Sentence says what is wrong with it."""
    days, text = None, line
    found = _DAYS.fullmatch(line)
    if found is not None and (len(found[2]) <= 1 or found[2].casefold() in _UNITS):
        number, unit, text = found.groups()
        if unit.casefold() not in _UNITS or not number.isdecimal() or len(number) > 3 or int(number) > DAYS_MOST:
            return Sentence("Write the working days as “3d: …”, from 0 to {most}.", {"most": DAYS_MOST})
        days = int(number)
    if not text:
        return Sentence("What is to be done?")
    if len(text) > STEP_MOST:
        return Sentence(
            "A step has at most {most} characters, this one {length}.", {"most": STEP_MOST, "length": len(text)}
        )
    return Step(text, days)
