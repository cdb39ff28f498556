"""What a command answers: values that the wiring sends; nothing here talks to Slack."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Block: TypeAlias = dict[str, Any]
"""One Block Kit block as plain JSON, built by commands.ui.blocks only."""


class Markup(str):
    """Text that is safe as Slack's mrkdwn: made by commands.ui.blocks and Translator.md only, never from raw input."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture to be drawn in the drawing process after the text is there.

    `data` is plain JSON (texts already in the reader's language, numbers, ISO days), so that it crosses the process
    border, and so that equal data is the same picture and uploaded once. See commands/ui/charts for each chart's shape.
    """

    id: str
    """Which chart: the id of a declaration in commands/ui/charts."""
    title: str
    """The finding, in the reader's language; also the picture's title."""
    alt: str
    """The finding for those who do not see the picture; at most 2,000 characters."""
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. To the asker alone, unless `shared`: then it is posted to the channel for everybody there."""

    text: str
    """The whole answer with its numbers in plain words: notifications, screen readers, terminals."""
    blocks: tuple[Block, ...] = ()
    chart: Chart | None = None
    chart_at: int = 0
    """Where among `blocks` the picture goes once it is there."""
    shared: bool = False
    replace: bool = False
    """For a button: the answer takes the place of the message the button stands in."""

    def with_picture(self, picture: Block) -> tuple[Block, ...]:
        """The blocks with the chart's image block put in its place."""
        return (*self.blocks[: self.chart_at], picture, *self.blocks[self.chart_at :])


@dataclass(frozen=True, slots=True)
class Modal:
    """A view to show: opened for a button in a message, put in the place of the open view for a button in a modal."""

    title: str
    """At most 24 characters."""
    blocks: tuple[Block, ...]
    close: str
    callback_id: str = ""
    """The id of the declared View that takes the submission; empty: nothing to submit."""
    submit: str | None = None
    private_metadata: str = ""
    """Ids only; it travels through the reader's browser."""


@dataclass(frozen=True, slots=True)
class Invalid:
    """A submitted modal's inputs are not right: what is wrong, by block id."""

    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Paper:
    """Pages that are laid out as a PDF in the drawing process, with their charts, once the answer is there.

    `data` is plain JSON in the reader's words, as commands.ui.pages describes it; it names the charts by their place.
    """

    data: Mapping[str, Any]
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file for the asker alone (a CSV of the accounts behind a figure), sent by direct message."""

    filename: str
    content: bytes
    text: str
    paper: Paper | None = None
    """What `content` is still to be made from; it is empty until then."""


Answer: TypeAlias = Reply | Modal | Invalid | Document | None
"""None: nothing to say (a button that only marks something)."""
