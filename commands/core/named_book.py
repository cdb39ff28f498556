"""A book of accounts and a currency that are named one by one, as options and parameters name them."""

from datetime import date

from commands.core.arguments import Asking, parse_book
from commands.core.book_words import SUGGESTIONS, Known
from commands.core.currency_words import currency_at
from commands.core.errors import NotUnderstood
from commands.core.words import Puzzle, words_of, written
from metrics.types import BookFilter
from storage.queries.accounts import csm_emails, segments
from storage.queries.books import plans
from storage.queries.rates import currencies
from storage.session import Session


def named_book(
    db: Session,
    *,
    segment: str | None = None,
    csm: str | None = None,
    plan: str | None = None,
    today: date,
    locale: str,
) -> BookFilter:
    """The accounts of that segment, CSM and plan, each name read as in a command; "" means those that have none.

    NotUnderstood for a name that nobody knows, with the nearest ones as suggestions.
    """
    asking = Asking("", today, locale, Known(segments(db), csm_emails(db), plans=plans(db)))
    return BookFilter(
        segment=_named("segment", segment, asking).segment,
        csm_email=_named("csm", csm, asking).csm_email,
        plan=_named("plan", plan, asking).plan,
    )


def named_currency(db: Session, name: str | None, *, home: str) -> str | None:
    """The code of the currency of that code, sign or name; None for the company's own, `home`, and where none is named.

    NotUnderstood for one that there are no exchange rates for, with those that there are.
    """
    if name is None:
        return None
    known = currencies(db, home)
    try:
        _, code = currency_at(words_of(f"currency:{written(name)}"), 0, known)
    except Puzzle as puzzle:
        raise NotUnderstood(puzzle.sentence, suggestions=known[:SUGGESTIONS]) from None
    return None if code == home else code


def _named(kind: str, name: str | None, asking: Asking) -> BookFilter:
    if name is None:
        return BookFilter()
    if not name.strip():
        return BookFilter(segment="", csm_email="", plan="")
    try:
        return parse_book(f"{kind}:{written(name)}", asking) or BookFilter()
    except NotUnderstood as error:
        near = (one.partition(":")[2] for one in error.suggestions)
        raise NotUnderstood(error.sentence, suggestions=tuple(one for one in near if one)) from None
