"""A book of accounts whose segment, CSM and plan are named one by one, as options and parameters name them."""

from datetime import date

from commands.core.arguments import Asking, parse_book
from commands.core.book_words import Known
from commands.core.errors import NotUnderstood
from commands.core.words import written
from metrics.types import BookFilter
from storage.queries.accounts import csm_emails, segments
from storage.queries.books import plans
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
