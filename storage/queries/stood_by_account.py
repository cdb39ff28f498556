"""Which accounts were customers at the beginning and at the end of periods: what there is to say without amounts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from metrics.money import Rates
from metrics.periods import Period
from metrics.types import BookFilter, MovementKind
from storage.queries.account_lines import Conditions, lines_between, mrr_before
from storage.queries.ledger import COMINGS_AND_GOINGS
from storage.queries.tables import mrr_movement as line
from storage.queries.within import within
from storage.session import Session


class Stood(NamedTuple):
    """Whether an account was a customer."""

    opening: bool
    closing: bool


def stood_by_account(db: Session, period: Period, rates: Rates, book: BookFilter) -> Mapping[int, Stood]:
    """By account that was a customer at any time in the period; MissingRate where its revenue would raise it."""
    return {account_id: stood for account_id, (stood,) in stood_in_each(db, (period,), rates, book).items()}


def stood_in_each(
    db: Session, periods: Sequence[Period], rates: Rates, book: BookFilter
) -> Mapping[int, tuple[Stood, ...]]:
    """The same for each of some periods that follow one another, in place of that one."""
    start, ends = periods[0].start, [period.end for period in periods]
    before = mrr_before(db, start, within(db, book, line.c.account_id))
    during = lines_between(db, start, ends[-1], book)
    _check_rates(db, rates, before.values(), during)
    stood = dict.fromkeys(before, (Stood(opening=True, closing=True),) * len(ends))
    for account_id, found in _comings_and_goings(db, during).items():
        stood[account_id] = _through(found, ends, customer=account_id in before)
    return stood


def _comings_and_goings(db: Session, during: Conditions) -> Mapping[int, list[tuple[date, bool]]]:
    """By account, the days that made it a customer, or none: one in several currencies is there several times."""
    found: defaultdict[int, list[tuple[date, bool]]] = defaultdict(list)
    lines = (
        select(line.c.account_id, line.c.day, line.c.kind)
        .where(line.c.kind.in_(COMINGS_AND_GOINGS), *during)
        .order_by(line.c.account_id, line.c.day)
    )
    for account_id, day, kind in db.execute(lines):
        found[account_id].append((day, kind != MovementKind.CHURN))
    return found


def _through(found: Sequence[tuple[date, bool]], ends: Sequence[date], *, customer: bool) -> tuple[Stood, ...]:
    """Where an account stood that was a customer before, or was none, and then came and went."""
    stood, known = [], 0
    for end in ends:
        was = customer
        while known < len(found) and found[known][0] < end:
            customer = found[known][1]
            known += 1
        stood.append(Stood(was, customer))
    return tuple(stood)


def _check_rates(db: Session, rates: Rates, before: Iterable[Mapping[str, int]], during: Conditions) -> None:
    """Nobody's revenue is told here; that it could not be told is an error all the same, as for whatever is beside."""
    paid = {currency for states in before for currency in states}
    moved = db.execute(select(line.c.currency).where(*during).distinct()).scalars()
    for currency in sorted(paid.union(moved)):
        rates.to_home(0, currency)
