"""Revenue of each account alone: what a period did to its MRR, for all accounts of a book in one pass."""

from collections.abc import Mapping, Sequence
from functools import cache

from metrics.money import Rates
from metrics.periods import Period
from metrics.types import BookFilter, RevenueFacts
from storage.queries.account_lines import lines_between, lines_by_account, mrr_before
from storage.queries.ledger import Line, Worth
from storage.queries.tables import mrr_movement as line
from storage.queries.tally import Tally, Total
from storage.queries.within import within
from storage.session import Session


def revenue_by_account(db: Session, period: Period, *, rates: Rates, book: BookFilter) -> Mapping[int, RevenueFacts]:
    """By account that was a customer at any time in the period: together they are what `revenue` says of the book.

    MissingRate where a currency of one of them has no rate.
    """
    worth, home = cache(rates.to_home), rates.home
    before = mrr_before(db, period.start, within(db, book, line.c.account_id))
    opening = {
        account_id: sum(worth(minor, currency) for currency, minor in states.items())
        for account_id, states in before.items()
    }
    facts = {
        account_id: _tally(lines, worth).facts(
            period, home, opening.get(account_id, 0), customers=int(account_id in opening)
        )
        for account_id, lines in lines_by_account(db, lines_between(db, period.start, period.end, book))
    }
    quiet = Tally()
    for account_id in opening.keys() - facts.keys():
        facts[account_id] = quiet.facts(period, home, opening[account_id], customers=1)
    return facts


def _tally(lines: Sequence[Line], worth: Worth) -> Tally:
    """What one account's lines in the period come to."""
    tally = Tally()
    for one in lines:
        if one.kind is not None:
            tally.add(Total(0, one.kind, one.cause, 1, one.change(worth)))
    if len(lines) > 1:
        tally.follow(list(lines), worth)
    return tally
