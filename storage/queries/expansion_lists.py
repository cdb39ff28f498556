"""What expansion is made of: by its cause, and the accounts that grew."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from sqlalchemy import func, select

from metrics.movements import CAUSES
from metrics.types import AccountRow, Breakdown, BreakdownRow, Cause, Money, MovementKind, RevenueFacts, Sentence
from storage.queries.books import accounts_of
from storage.queries.moves import account_moves
from storage.queries.tables import mrr_movement as line
from storage.queries.totals import Scope, facts_of
from storage.session import Session

_LABELS: Final[Mapping[Cause, Sentence]] = {
    Cause.SEATS: Sentence("seats"),
    Cause.PRICE: Sentence("price"),
    Cause.UPGRADE: Sentence("upgrade"),
    Cause.CROSS_SELL: Sentence("product added"),
    Cause.CURRENCY: Sentence("change of currency"),
}
"""The causes that an expansion can have: the words are those of the other cards about MRR."""


def by_cause(db: Session, scope: Scope) -> Breakdown:
    """Expansion MRR of the period by cause, the largest first, with its share of all; those of nothing left out.

    What the lines do not explain is the growth of accounts that changed in several currencies on one day.
    """
    expansion = facts_of(db, RevenueFacts, scope).expansion
    caused = _caused(db, scope)
    caused[Cause.CURRENCY] += expansion - sum(caused.values())
    ordered = sorted((cause for cause in caused if caused[cause] > 0), key=lambda cause: (-caused[cause], cause))
    rows = (
        BreakdownRow(
            _LABELS[cause],
            (
                Money(caused[cause], scope.rates.home),
                Sentence("{share} of expansion", {"share": Fraction(caused[cause], expansion)}),
            ),
        )
        for cause in ordered
    )
    return Breakdown(Sentence("Where it comes from"), tuple(rows))


def _caused(db: Session, scope: Scope) -> Counter[Cause]:
    """What the lines of expansion come to, by cause: seats and price are causes of contraction as well."""
    accounts = accounts_of(db, scope.book)
    within = () if accounts is None else ((line.c.account_id + 0).in_(accounts),)  # as in storage.queries.revenue
    during = (
        line.c.day >= scope.period.start,
        line.c.day < scope.period.end,
        line.c.kind == MovementKind.EXPANSION,
        *within,
    )
    home, own = scope.rates.home, line.c.currency == scope.rates.home
    sums = select(line.c.cause, func.sum(line.c.after - line.c.before)).where(own, *during).group_by(line.c.cause)
    caused: Counter[Cause] = Counter()
    for cause, minor in db.execute(sums):
        caused[CAUSES[cause] or Cause.CURRENCY] += int(minor)
    foreign = select(line.c.cause, line.c.currency, line.c.before, line.c.after).where(line.c.currency != home, *during)
    for cause, currency, before, after in db.execute(foreign):
        change = scope.rates.to_home(after, currency) - scope.rates.to_home(before, currency)
        caused[CAUSES[cause] or Cause.CURRENCY] += change
    return caused


def grown(db: Session, scope: Scope) -> tuple[AccountRow, ...]:
    """The accounts that grew in the period, the largest growth first; the day is that of its last expansion."""
    moves = account_moves(db, scope.period, rates=scope.rates, book=scope.book, kinds=(MovementKind.EXPANSION,))
    currency = scope.rates.home
    return tuple(
        AccountRow(
            move.account_id,
            move.key,
            move.name,
            move.segment,
            _why(move.cause, Money(move.change, currency)),
            Money(move.closing, currency),
            move.day,
        )
        for move in moves
    )


def _why(cause: Cause | None, change: Money) -> Sentence:
    label = None if cause is None else _LABELS.get(cause)
    if label is None:
        return Sentence("{change} more", {"change": change})
    return Sentence("{change} more ({reason})", {"change": change, "reason": label})
