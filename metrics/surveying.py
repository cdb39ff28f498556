"""The shape of a survey: what is asked, on which scale, what the answers mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Mood(StrEnum):
    """What an answer says."""

    LOW = "low"
    """A detractor, or somebody as unhappy: somebody has to talk to them."""
    MIDDLE = "middle"
    HIGH = "high"
    """A promoter, or somebody as happy."""


class Option(NamedTuple):
    """One of the answers of a kind that has no scale."""

    id: str
    """Frozen: stored answers refer to it."""
    title: str
    """A msgid."""


@dataclass(frozen=True, slots=True)
class Survey:
    """One kind of survey. Its question and titles are msgids; `{product}` in the question is the company's product."""

    id: str
    title: str
    question: str
    lowest_means: str = ""
    """What stands at the low end of the scale; empty for a kind with options."""
    highest_means: str = ""
    scale: tuple[int, int] | None = None
    """The lowest and the highest score; None for a kind with options."""
    low: int = -1
    """Scores up to this one are low."""
    high: int = 1000
    """Scores from this one on are high."""
    emoji: tuple[str, ...] = ()
    """Names of emoji from the lowest score to the highest, for companies that like them better than numbers."""
    options: tuple[Option, ...] = ()
    comment_prompts: Mapping[Mood, str] = field(default_factory=dict)
    """What is asked after the answer, by what it says."""
    cap_days: int = 90
    """Nobody is asked this kind more often, unless the company says otherwise."""
    of_those_who_left: bool = False
    """It is for customers who have left, not for those who are there."""

    def mood(self, score: int | None) -> Mood:
        """What an answer says; one without a score says nothing."""
        if score is None:
            return Mood.MIDDLE
        if score <= self.low:
            return Mood.LOW
        return Mood.HIGH if score >= self.high else Mood.MIDDLE

    def takes(self, score: int) -> bool:
        """Whether it is a score on the scale."""
        return self.scale is not None and self.scale[0] <= score <= self.scale[1]

    def option(self, option_id: str) -> Option | None:
        """The option of that id; None if there is none."""
        return next((one for one in self.options if one.id == option_id), None)
