"""A card's words, written once: as blocks, the important lines in bold, and as the plain text beside them."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from commands.core.reply import Block, Markup
from commands.core.request import Translator
from commands.ui.blocks import bold, join, section
from metrics.types import Sentence

BETWEEN: Final = " · "


class Line(NamedTuple):
    """One line: facts side by side, those that are None left out."""

    facts: tuple[Sentence | str | None, ...]
    """A `str` stands as it is (already in the reader's words and numbers)."""
    strong: bool = False

    @property
    def said(self) -> tuple[Sentence | str, ...]:
        """The facts that there are."""
        return tuple(fact for fact in self.facts if fact)


Paragraph = Sequence[Line]


def line(*facts: Sentence | str | None) -> Line:
    """A plain line."""
    return Line(facts)


def strong(*facts: Sentence | str | None) -> Line:
    """A line in bold."""
    return Line(facts, strong=True)


def plain_text(t: Translator, paragraphs: Iterable[Paragraph]) -> str:
    """The paragraphs in plain words."""
    return "\n".join(
        BETWEEN.join(fact if isinstance(fact, str) else t(fact) for fact in each.said)
        for paragraph in paragraphs
        for each in paragraph
        if each.said
    )


def as_section(t: Translator, paragraph: Paragraph, accessory: Block | None = None) -> Block:
    """A paragraph as a section of a card."""
    return section(join("\n", (markup(t, each) for each in paragraph if each.said)), accessory=accessory)


def markup(t: Translator, each: Line) -> Markup:
    """A line as text of a card."""
    text = join(BETWEEN, (fact if isinstance(fact, str) else t.md(fact) for fact in each.said))
    return bold(text) if each.strong else text
