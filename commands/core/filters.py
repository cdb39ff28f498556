"""What the figures on a card can be narrowed down to by a menu, and the question that comes of choosing one.

A line of a menu carries only what it changes (`segment:Enterprise`; nothing after the colon stands for all of them),
since Slack gives it 150 characters. The question that is changed is the block_id of the row that the menus stand in.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

from commands.core.arguments import Arguments
from commands.core.button_values import packed
from commands.core.errors import UserError
from commands.core.period_words import canonical, period_of
from commands.core.request import Request
from metrics.periods import Period
from metrics.types import BookFilter, Sentence
from storage.queries.accounts import csm_emails, segments
from storage.queries.books import plans
from storage.queries.largest import PartOf, largest
from storage.queries.rates import currencies
from storage.session import Session

VALUE_MOST: Final = 150
"""Characters of what a line of a menu carries (Slack)."""
ROW_ID_MOST: Final = 255
"""Characters of a block_id (Slack)."""
NAMES_MOST: Final = 99
"""Names in a menu: Slack takes a hundred lines, of which one stands for all."""

PERIODS: Final = ("this month", "last month", "3m", "this quarter", "last quarter", "this year", "last year", "12m")
"""The periods that are offered, in words that commands.core.period_words knows."""


class Filter(StrEnum):
    """What a menu changes in a question."""

    PERIOD = "period"
    SEGMENT = "segment"
    CSM = "csm"
    PLAN = "plan"
    CURRENCY = "currency"


_FIELDS: Final = {Filter.SEGMENT: "segment", Filter.CSM: "csm_email", Filter.PLAN: "plan"}


class Names(NamedTuple):
    """Names that a menu offers, in order."""

    names: tuple[str, ...] = ()
    cut: bool = False
    """These are only those with the most accounts: the others can be typed."""


class Choices(NamedTuple):
    """What the figures of a card can be narrowed down to."""

    periods: tuple[tuple[str, Period], ...] = ()
    """Each with the words for it."""
    segments: Names = Names()
    csm_emails: Names = Names()
    plans: Names = Names()
    currencies: tuple[str, ...] = ()
    """The company's first."""
    needed: frozenset[Filter] = frozenset()
    """Of these there is no "all": a scorecard is always somebody's."""


def books_of(db: Session) -> Choices:
    """What there is to choose from for a card that is about a book as it is today."""
    return Choices(
        segments=_names(db, PartOf.SEGMENT, segments(db)),
        csm_emails=_names(db, PartOf.CSM, csm_emails(db)),
        plans=_names(db, PartOf.PLAN, plans(db)),
    )


def choices_of(request: Request, db: Session, needed: frozenset[Filter] = frozenset()) -> Choices:
    """What there is to choose from today."""
    named = ((words, period_of(words, request.today)) for words in PERIODS)
    return books_of(db)._replace(
        periods=tuple((words, period) for words, period in named if period is not None),
        currencies=currencies(db, request.company.currency),
        needed=needed,
    )


def line_value(what: Filter, name: str) -> str | None:
    """What a line of a menu carries; None for a name that is too long for one. An empty name takes the filter away."""
    value = f"{what}:{name}"
    return value if len(value) <= VALUE_MOST else None


def period_value(period: Period) -> str:
    """What the line for a period carries."""
    return f"{Filter.PERIOD}:{canonical(period)}"


def row_id(question: str) -> str | None:
    """The block_id of the row of menus under the answer to `question`; None where it is too long for one.

    It changes with the question, without which Slack would keep showing what was chosen before.
    """
    packed_question = packed(question)
    return packed_question if len(packed_question) <= ROW_ID_MOST else None


def changed(asked: Arguments, value: str, request: Request) -> Arguments:
    """The question with what the chosen line of a menu carries; UserError for one that was made up."""
    key, _, name = value.partition(":")
    if key == Filter.PERIOD and (period := period_of(name, request.today)) is not None:
        return asked._replace(period=period)
    if key == Filter.CURRENCY:
        return asked._replace(currency=name or None)
    return asked._replace(book=narrowed(asked.book, value))


def narrowed(book: BookFilter, value: str) -> BookFilter:
    """The book with what the chosen line of a menu carries; UserError for one that was made up."""
    key, _, name = value.partition(":")
    if key not in _FIELDS:
        raise UserError(Sentence("This menu is from an earlier time and no longer works. Please ask again."))
    chosen: dict[str, Any] = {_FIELDS[Filter(key)]: name or None}
    return book._replace(**chosen)


def _names(db: Session, part: PartOf, names: Sequence[str]) -> Names:
    """All of them, each once whatever its case, or those with the most accounts."""
    found = {name.casefold(): name for name in reversed(names) if name.strip()}
    if len(found) <= NAMES_MOST:
        return Names(tuple(sorted(found.values(), key=str.casefold)))
    most = dict.fromkeys(name.casefold() for name in largest(db, part, 2 * NAMES_MOST) if name.strip())
    return Names(tuple(sorted((found[key] for key in list(most)[:NAMES_MOST]), key=str.casefold)), cut=True)
