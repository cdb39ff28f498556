"""What customers pay at the end of a period: by segment, by plan, and account by account."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from heapq import nlargest
from typing import Final, NamedTuple

from sqlalchemy import func, or_, select

from metrics.money import monthly
from metrics.types import AccountRow, Breakdown, BreakdownRow, ChurnDate, Interval, Money, Sentence, msg, plural
from storage.queries.listed import ACCOUNT, by_mrr, row_of
from storage.queries.tables import account, subscription
from storage.queries.tables import mrr_movement as line
from storage.queries.totals import Scope
from storage.queries.within import within
from storage.session import Session

MOST: Final = 500
"""So many accounts are listed: whoever wants more of them asks for a segment or a CSM."""
NO_SEGMENT: Final = msg("No segment")
NO_PLAN: Final = msg("No plan")
_INTERVALS: Final = {interval.value: interval for interval in Interval}


class _Part(NamedTuple):
    """One account's MRR, or a part of it, under the name that it is counted by; None: it has no such name."""

    name: str | None
    account_id: int
    minor: int


def by_segment(db: Session, scope: Scope) -> Breakdown:
    """MRR and customers of each segment, the largest first; nothing where there is only one: it would be the whole."""
    mrr = _mrr(db, scope)
    found = db.execute(select(account.c.id, account.c.segment).where(*within(db, scope.book, account.c.id)))
    parts = [_Part(segment, account_id, mrr[account_id]) for account_id, segment in found if account_id in mrr]
    return Breakdown(Sentence("MRR by segment"), _rows(parts, scope, NO_SEGMENT))


def by_plan(db: Session, scope: Scope) -> Breakdown:
    """MRR of each plan and the customers that are on it, the largest first; a customer of two plans is in both.

    An account's MRR is converted as a whole and then shared out, so that plans add up to it whatever the rates. What is
    held over a short gap between two subscriptions (`churn_grace_days`) is on no plan.
    """
    return Breakdown(Sentence("MRR by plan"), _rows(_on_plans(db, scope), scope, NO_PLAN))


def largest_accounts(db: Session, scope: Scope) -> list[AccountRow]:
    """The customers that pay most, with the share of each in all MRR, the largest first; at most MOST."""
    mrr, home = _mrr(db, scope), scope.rates.home
    total, largest = sum(mrr.values()), nlargest(MOST, mrr, key=mrr.__getitem__)
    who = db.execute(select(*ACCOUNT).where(account.c.id.in_(largest)))
    rows = (row_of(each, _share(mrr[each[0]], total))._replace(mrr=Money(mrr[each[0]], home)) for each in who)
    return sorted(rows, key=by_mrr)


def _mrr(db: Session, scope: Scope) -> dict[int, int]:
    """What each customer of the book pays at the end of the period, in the report's minor units."""
    state = func.sum(line.c.after - line.c.before)
    found = db.execute(
        select(line.c.account_id, line.c.currency, state)
        .where(line.c.day < scope.period.end, *within(db, scope.book, line.c.account_id))
        .group_by(line.c.account_id, line.c.currency)
        .having(state != 0)
    )
    worth = cache(scope.rates.to_home)
    mrr: defaultdict[int, int] = defaultdict(int)
    for account_id, currency, minor in found:
        mrr[account_id] += worth(int(minor), currency)
    return mrr


def _on_plans(db: Session, scope: Scope) -> Iterator[_Part]:
    """What each account pays for each plan, in the report's minor units; nothing of those that are no customers."""
    c, last = subscription.c, scope.period.last
    rules = scope.definitions.ledger
    ends = (c.ended_on, c.cancelled_on) if rules.churn_date is ChurnDate.CANCELLATION else (c.ended_on,)
    running = (c.started_on <= last, *(or_(end.is_(None), end > last) for end in ends), c.amount > 0)
    pays = None if rules.past_due_days is None else _mrr(db, scope)
    found = db.execute(
        select(c.account_id, c.currency, c.plan, c.amount, c.interval, c.interval_count).where(
            *running, *within(db, scope.book, c.account_id)
        )
    )
    monthly_of, worth = cache(monthly), cache(scope.rates.to_home)
    by_currency: defaultdict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for account_id, currency, plan, amount, interval, count in found:
        if pays is not None and account_id not in pays:
            continue
        plans = by_currency[account_id, currency]
        plans[plan] = plans.get(plan, 0) + monthly_of(amount, _INTERVALS[interval], count)
    for (account_id, currency), plans in by_currency.items():
        before = 0
        for plan, minor in sorted(plans.items()):
            if minor:
                yield _Part(plan, account_id, worth(before + minor, currency) - worth(before, currency))
                before += minor


def _rows(parts: Iterable[_Part], scope: Scope, nameless: str) -> tuple[BreakdownRow, ...]:
    """A line for each name, spellings that differ in case alone together."""
    spelt: dict[str, str] = {}
    mrr: defaultdict[str, int] = defaultdict(int)
    customers: defaultdict[str, set[int]] = defaultdict(set)
    for name, account_id, minor in parts:
        folded = (name or "").strip().casefold()
        spelt[folded] = min(name or "", spelt.get(folded, name or ""))
        mrr[folded] += minor
        customers[folded].add(account_id)
    if len(mrr) == 1:
        return ()
    home, total = scope.rates.home, sum(mrr.values())
    return tuple(
        BreakdownRow(
            spelt[folded] or Sentence(nameless),
            (
                Money(minor, home),
                plural("{count} customer", "{count} customers", len(customers[folded])),
                _share(minor, total),
            ),
        )
        for folded, minor in sorted(mrr.items(), key=lambda item: (-item[1], item[0]))
    )


def _share(minor: int, total: int) -> Sentence:
    return Sentence("{share} of MRR", {"share": Fraction(minor, total) if total else None})
