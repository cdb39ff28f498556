"""What definitions of churn count in one period: by our rules, and by those that other tools have."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import groupby

from sqlalchemy import ColumnElement, and_, func, or_, select

from metrics.facts import UNPAID_DAYS, ChurnFacts, Reconciliation
from metrics.money import Rates
from metrics.periods import Period
from metrics.types import BookFilter, ChurnDate, LedgerRules
from storage.queries.books import accounts_of
from storage.queries.churn_count import ChurnCount
from storage.queries.ledger import COLUMNS, Line, Worth, lines_of
from storage.queries.other_rules import differing
from storage.queries.revenue import revenue
from storage.queries.tables import mrr_movement as line
from storage.queries.tables import subscription
from storage.session import Session

_EVERYBODY = BookFilter()
_SERVICE = LedgerRules()
_NOTICE = LedgerRules(churn_date=ChurnDate.CANCELLATION)
_PAID_UP = LedgerRules(past_due_days=UNPAID_DAYS)


def reconciliation(
    db: Session, period: Period, *, rates: Rates, rules: LedgerRules, today: date, book: BookFilter = _EVERYBODY
) -> Reconciliation:
    """The period by each of the rules; `rules` are those that the ledger is kept by. MissingRate as in `revenue`.

    Every definition is exact: where the stored ledger is not by its rules, the accounts that this concerns are counted
    by the lines that they would have.
    """
    accounts = accounts_of(db, book)
    worth = cache(rates.to_home)
    ours = _count(db, period, accounts, rates, book, worth)
    subscriptions = _subscriptions(db, period, accounts)

    def by(other: LedgerRules) -> ChurnFacts:
        if other == rules:
            return ours.facts(rates.home, subscriptions)
        theirs = ours.copy()
        for before, after in differing(db, period, rules, other, today, accounts):
            for lines, sign in ((before, -1), (after, 1)):
                _place(theirs, lines, period, worth, sign)
        return theirs.facts(rates.home, subscriptions)

    return Reconciliation(
        ours=by(rules),
        by_service=by(_SERVICE),
        by_notice=by(_NOTICE) if _has_notices(db) else None,
        paid_up=by(_PAID_UP),
    )


def _count(
    db: Session,
    period: Period,
    accounts: ColumnElement[int] | None,
    rates: Rates,
    book: BookFilter,
    worth: Worth,
) -> ChurnCount:
    """What the stored ledger says."""
    facts = revenue(db, period, rates=rates, book=book)
    count = ChurnCount(period, facts.opening, facts.customers_opening)
    query = select(*COLUMNS).where(line.c.day >= period.start, line.c.day < period.end)
    if accounts is not None:
        query = query.where(line.c.account_id.in_(accounts))
    found = lines_of(db.execute(query.order_by(line.c.account_id, line.c.day, line.c.currency)).all())
    for _, lines in groupby(found, key=lambda one: one.account_id):
        count.add(list(lines), worth)
    return count


def _place(count: ChurnCount, lines: Sequence[Line], period: Period, worth: Worth, sign: int) -> None:
    """Put an account with all these lines into the count, or take it out."""
    standing = {one.currency: one.after for one in lines if one.day < period.start}
    opening = sum(worth(minor, currency) for currency, minor in standing.items())
    count.stand(opening, customer=any(standing.values()), sign=sign)
    inside = [one for one in lines if one.day >= period.start]
    if inside:
        count.add(inside, worth, sign)


def _has_notices(db: Session) -> bool:
    return (
        db.execute(select(subscription.c.id).where(subscription.c.cancelled_on.is_not(None)).limit(1)).first()
        is not None
    )


def _subscriptions(db: Session, period: Period, accounts: ColumnElement[int] | None) -> tuple[int, int]:
    """Paid subscriptions that ran at opening, and how many of them ran no more at closing."""
    c = subscription.c
    of_book = () if accounts is None else (c.account_id.in_(accounts),)
    day_before, last = period.start - timedelta(days=1), period.last

    def running(day: object) -> ColumnElement[bool]:
        return and_(c.amount > 0, c.started_on <= day, or_(c.ended_on.is_(None), c.ended_on > day))

    opening = select(c.key).where(running(day_before), *of_book).distinct()
    kept = opening.where(c.key.in_(select(c.key).where(running(last))))
    there, still = (
        db.execute(select(func.count()).select_from(found.subquery())).scalar_one() for found in (opening, kept)
    )
    return int(there), int(there - still)
