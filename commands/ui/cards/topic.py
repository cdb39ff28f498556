"""A topic: the figures that one command is about, and what stands beside them on its card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from metrics.types import AccountRow, Breakdown
from storage.queries.totals import Scope
from storage.session import Session


@dataclass(frozen=True, slots=True)
class Accounts:
    """A list of accounts behind the figures, worst or largest first."""

    id: str
    """For buttons and file names; frozen."""
    title: str
    """A msgid: "Renewals due", "Stalled onboardings"."""
    rows: Callable[[Session, Scope], Sequence[AccountRow]]
    on_card: int = 5
    """How many the card itself shows; the rest are in the modal and in the file."""
    empty: str = ""
    """A msgid that stands on the card where the list is empty; "" leaves the list out."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The chart: some metrics over twelve months, or a chart of the topic's own."""

    metrics: tuple[str, ...] = ()
    """At most three ids of one unit, drawn as lines (chart `figure_trend`)."""
    chart: str = ""
    """The id of another chart, whose data `data` gives."""
    data: Callable[..., Any] | None = None
    """(FiguresAnswer, Translator) -> commands.core.reply.Chart | None, for `chart`."""
    load: Callable[[Session, Scope], Any] | None = None
    """What `data` needs besides the figures; it finds it as the answer's `pictured`."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a command about figures declares; the card, its buttons, modal and file follow from it."""

    command: str
    title: str
    """A msgid, the card's subject: "Support", "Voice of the customer"."""
    headline: str
    """The metric whose value and change are the first line."""
    rows: tuple[tuple[str, ...], ...]
    """The other metrics, line by line, each beside the period before."""
    picture: Picture
    nothing: str
    """A msgid: what is said, and what to import, where the headline and all rows have no answer."""
    accounts: tuple[Accounts, ...] = ()
    breakdowns: tuple[Callable[[Session, Scope], Breakdown], ...] = ()
    entities: tuple[str, ...] = ()
    """The data it rests on (data_load.entity: "tickets", "usage" …), for "data as of"."""
