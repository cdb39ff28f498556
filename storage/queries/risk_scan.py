"""The facts of every account of a book that there is something to lose or to win with."""

from collections.abc import Iterator
from datetime import date, tzinfo

from metrics.account_facts import AccountFacts
from metrics.money import Rates
from metrics.types import BookFilter
from storage.queries.book_ids import ids_of
from storage.queries.health import account_facts
from storage.session import Session

ONBOARDING = "onboarding"


def facts_of_book(db: Session, *, as_of: date, zone: tzinfo, rates: Rates, book: BookFilter) -> Iterator[AccountFacts]:
    """The accounts that pay on the day or are being brought on board, in order of id; MissingRate as elsewhere."""
    for facts in account_facts(db, as_of=as_of, zone=zone, rates=rates, account_ids=ids_of(db, book)):
        if facts.mrr.minor > 0 or facts.lifecycle_stage == ONBOARDING:
            yield facts
