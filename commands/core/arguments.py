"""What a person types after a command: a period, a segment, a CSM, a plan, a currency, in any order and language.

`parse` is forgiving and says what it did not understand, with commands that would have worked. `render` writes the same
question the one way that buttons carry: it means the same in every language and on every later day, so that what is
shared or paged is what was seen, and `parse(render(x)) == x`.

Segments, CSMs, plans and currencies are known by the store; they are arguments here, so that this stays a matter of
words alone.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from commands.core.book_words import MEANS_NOTHING, SUGGESTIONS, Known, book_at, local_part
from commands.core.currency_words import currency_at
from commands.core.errors import NotUnderstood
from commands.core.period_words import canonical, offered, period_of
from commands.core.words import LONGEST, SUGGESTION_MOST, Puzzle, Word, folded, told, words_of, written
from metrics.periods import Period, last_full_month
from metrics.types import BookFilter, Sentence, msg

__all__ = [
    "Arguments",
    "Asking",
    "Known",
    "Pieces",
    "Shown",
    "parse",
    "parse_book",
    "parse_period",
    "parse_pieces",
    "parse_shown",
    "render",
    "render_book",
    "render_shown",
]

NEAR_ENOUGH: Final = 60
"""How alike (of 100) a word and a known one must be to be offered for it."""
_SECOND_PERIOD: Final = msg("One period at a time, please: “{words}” is a second one.")
_SECOND_BOOK: Final = msg("One segment, one CSM and one plan at a time, please: “{words}” is a second one.")
_SECOND_CURRENCY: Final = msg("One currency at a time, please: “{words}” is a second one.")


class Asking(NamedTuple):
    """The circumstances of a question: `command` (`/churn`) begins what is suggested, `locale` is its language."""

    command: str
    today: date
    locale: str
    known: Known = Known()


class Arguments(NamedTuple):
    """What a question about figures is about."""

    period: Period
    book: BookFilter = BookFilter()
    currency: str | None = None
    """The ISO code of the currency that amounts are shown in; None: the company's."""


def parse(text: str, asking: Asking) -> Arguments:
    """The period (the last full month unless one is named), the book of accounts and the currency that `text` asks for.

    NotUnderstood names the first words that mean nothing, a second period or CSM, or a period that has not begun.
    """
    words = words_of(text)
    try:
        return _read(words, asking)
    except Puzzle as puzzle:
        raise NotUnderstood(puzzle.sentence, suggestions=_suggestions(words, puzzle, asking)) from None


def parse_period(text: str, *, today: date, locale: str, command: str) -> Period:
    """The one period that `text` names, the last full month if it is empty; NotUnderstood otherwise."""
    return parse(text, Asking(command, today, locale)).period


def parse_book(text: str, asking: Asking) -> BookFilter | None:
    """The book that `text` names, the whole company if it is empty; None if any of it names neither segment nor CSM.

    NotUnderstood where one is clearly meant (`csm:`, `segment:`, `plan:`, `@`) and there is none of that name.
    """
    asked = parse_shown(text, asking, means_nothing=frozenset())
    return None if asked is None or asked.currency is not None else asked.book


class Shown(NamedTuple):
    """A book as it is today, and the currency that its amounts are shown in; None: the company's."""

    book: BookFilter = BookFilter()
    currency: str | None = None


def parse_shown(text: str, asking: Asking, means_nothing: frozenset[str] = MEANS_NOTHING) -> Shown | None:
    """The same with a currency; None if any of it names neither a book nor a currency and means something."""
    words = words_of(text)
    book = BookFilter()
    currency: str | None = None
    at = 0
    try:
        while at < len(words):
            length, found = book_at(words, at, asking.known)
            if found is not None:
                book = _both(book, found, words, at, length)
            else:
                length, code = currency_at(words, at, asking.known.currencies)
                if code is not None:
                    currency = _only(currency, code, words, at, length)
                elif folded(words[at].bare) not in means_nothing:
                    return None
            at += max(length, 1)
    except Puzzle as puzzle:
        raise NotUnderstood(puzzle.sentence, suggestions=_suggestions(words, puzzle, asking)) from None
    return Shown(book, _shown(currency, asking))


class Pieces(NamedTuple):
    """What a text names, each in its order."""

    periods: tuple[Period, ...] = ()
    books: tuple[BookFilter, ...] = ()
    others: tuple[str, ...] = ()
    """Words that mean none of these: those side by side together."""
    currency: str | None = None
    """The last one that is named; None: the company's."""


def parse_pieces(text: str, asking: Asking) -> Pieces:
    """Every period and book that `text` names, however many; NotUnderstood as for `parse`, but for unknown words."""
    words = words_of(text)
    periods: list[Period] = []
    books: list[BookFilter] = []
    others: list[str] = []
    currency: str | None = None
    at, run = 0, False
    try:
        while at < len(words):
            length, found = _meaning(words, at, asking)
            if isinstance(found, Period):
                periods.append(found)
            elif isinstance(found, BookFilter):
                books.append(found)
            elif found is not None:
                currency = found
            elif not length and run:
                others[-1] += f" {words[at].bare}"
            elif not length:
                others.append(words[at].bare)
            run = not length
            at += max(length, 1)
    except Puzzle as puzzle:
        raise NotUnderstood(puzzle.sentence, suggestions=_suggestions(words, puzzle, asking)) from None
    return Pieces(tuple(periods), tuple(books), tuple(others), _shown(currency, asking))


def render(arguments: Arguments) -> str:
    """The question as buttons carry it: `2026-10 segment:"mid market" csm:ana@example.com currency:EUR`."""
    shown = render_shown(arguments.book, arguments.currency)
    return " ".join(part for part in (canonical(arguments.period), shown) if part)


def render_shown(book: BookFilter, currency: str | None) -> str:
    """A book and a currency as buttons carry them; empty for the whole company in its own."""
    keyed = f"currency:{currency}" if currency else ""
    return " ".join(part for part in (render_book(book), keyed) if part)


def render_book(book: BookFilter) -> str:
    """The book as buttons carry it; empty for the whole company."""
    parts = []
    if book.segment is not None:
        parts.append("segment:" + written(book.segment))
    if book.csm_email is not None:
        parts.append("csm:" + written(book.csm_email))
    if book.plan is not None:
        parts.append("plan:" + written(book.plan))
    return " ".join(parts)


# --- Reading -----------------------------------------------------------------------------------------------------


def _read(words: Sequence[Word], asking: Asking) -> Arguments:
    period: Period | None = None
    book = BookFilter()
    currency: str | None = None
    at = 0
    while at < len(words):
        length, found = _meaning(words, at, asking)
        if isinstance(found, Period):
            if period is not None:
                raise _second(_SECOND_PERIOD, words, at, length)
            period = found
        elif isinstance(found, BookFilter):
            book = _both(book, found, words, at, length)
        elif found is not None:
            currency = _only(currency, found, words, at, length)
        elif not length:
            raise _unknown(words, at, asking)
        at += max(length, 1)
    return Arguments(period or last_full_month(asking.today), book, _shown(currency, asking))


def _shown(currency: str | None, asking: Asking) -> str | None:
    """The currency, unless it is the company's own, which needs no mention."""
    return None if asking.known.currencies[:1] == (currency,) else currency


def _meaning(words: Sequence[Word], at: int, asking: Asking) -> tuple[int, Period | BookFilter | str | None]:
    """How many words from `at` on mean something, and what; None with a word that means nothing by itself."""
    long, period = _period_at(words, at, asking.today)
    longer, book = book_at(words, at, asking.known, longer_than=long)
    if book is not None:
        return longer, book
    if period is None:
        if folded(words[at].bare) in MEANS_NOTHING:
            return 1, None
        return currency_at(words, at, asking.known.currencies)
    if period.start > asking.today:
        sentence = Sentence("“{words}” has not begun yet.", told(words, at, at + long))
        raise Puzzle(sentence, at, at + long, _usual(asking))
    return long, period


def _period_at(words: Sequence[Word], at: int, today: date) -> tuple[int, Period | None]:
    for length in range(min(LONGEST, len(words) - at), 0, -1):
        phrase = words[at : at + length]
        if any(word.quoted for word in phrase):
            continue
        if (period := period_of(" ".join(word.bare for word in phrase), today)) is not None:
            return length, period
    return 0, None


def _both(book: BookFilter, more: BookFilter, words: Sequence[Word], at: int, length: int) -> BookFilter:
    if any(one is not None and other is not None for one, other in zip(book, more, strict=True)):
        raise _second(_SECOND_BOOK, words, at, length)
    return book._replace(**{name: value for name, value in more._asdict().items() if value is not None})


def _only(currency: str | None, code: str, words: Sequence[Word], at: int, length: int) -> str:
    if currency not in {None, code}:
        raise _second(_SECOND_CURRENCY, words, at, length)
    return code


def _second(text: str, words: Sequence[Word], at: int, length: int) -> Puzzle:
    return Puzzle(Sentence(text, told(words, at, at + length)), at, at + length, [""])


# --- What is said instead ----------------------------------------------------------------------------------------


def _unknown(words: Sequence[Word], start: int, asking: Asking) -> Puzzle:
    """Words that mean nothing: as many as there are before one that means something again."""
    end = start + 1
    while end < len(words) and not _understood(words, end, asking):
        end += 1
    sentence = Sentence("I did not understand “{words}”. Name a period, a segment or a CSM.", told(words, start, end))
    known = {folded(plan): f"plan:{written(plan)}" for plan in asking.known.plans}
    known |= {folded(segment): written(segment) for segment in asking.known.segments}
    known |= {local_part(email): f"csm:{written(email)}" for email in asking.known.csm_emails}
    known |= offered(asking.locale)
    meant: list[str] = []
    for phrase in (" ".join(word.bare for word in words[start:end]), words[start].bare):
        near = process.extract(
            folded(phrase), known.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=SUGGESTIONS
        )
        meant += [known[name] for name, _, _ in near]
    return Puzzle(sentence, start, end, meant or _usual(asking))


def _understood(words: Sequence[Word], at: int, asking: Asking) -> bool:
    try:
        return _meaning(words, at, asking)[0] > 0
    except Puzzle:
        return False


def _usual(asking: Asking) -> list[str]:
    """What people ask for most, in the asker's language."""
    said = offered(asking.locale)
    return [said["last month"], said["this month"], said["12m"]]


def _suggestions(words: Sequence[Word], puzzle: Puzzle, asking: Asking) -> tuple[str, ...]:
    """Commands that work: what was typed with what may have been meant in its place, or only that."""
    before = [word.typed for word in words[: puzzle.start]]
    after = [word.typed for word in words[puzzle.end :]]
    found: dict[str, None] = {}
    for meant in puzzle.meant:
        for parts in ([*before, meant, *after], [meant]):
            text = " ".join(part for part in parts if part)
            if len(text) <= SUGGESTION_MOST and _works(text, asking):
                found[f"{asking.command} {text}".strip()] = None
                break
    return tuple(found)[:SUGGESTIONS]


def _works(text: str, asking: Asking) -> bool:
    try:
        _read(words_of(text), asking)
    except Puzzle:
        return False
    return True
