"""Which accounts other rules of the ledger may concern in a period, and their lines by those rules."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from sqlalchemy import ColumnElement, and_, or_, select

from metrics.periods import Period
from metrics.rollup import ARRIVALS
from metrics.types import LedgerRules, Movement
from storage.ledger import ledgers, payable, stored_ledgers
from storage.queries.elapsed import seconds_of
from storage.queries.ledger import Line
from storage.queries.tables import invoice, subscription
from storage.queries.tables import mrr_movement as line
from storage.session import Session

_PORTION = 500
_DAY_SECONDS = 86_400


def differing(
    db: Session, period: Period, rules: LedgerRules, other: LedgerRules, today: date, book: ColumnElement[int] | None
) -> Iterator[tuple[list[Line], list[Line]]]:
    """For each account of the book whose lines up to the period's end are other ones: those stored, those by `other`.

    `rules` are those that the store is kept by. By `other` is as known on `today`.
    """
    connection = db.connection()
    for portion in _portions(_concerned(db, period, rules, other, book)):
        stored, made = stored_ledgers(connection, portion), ledgers(connection, portion, other, today)
        for account in portion:
            ours, theirs = (_until(period.end, account, lines) for lines in (stored.get(account, ()), made[account]))
            if ours != theirs:
                yield ours, theirs


def _until(end: date, account: int, lines: Sequence[Movement]) -> list[Line]:
    return [Line(account, *one) for one in lines if one.day < end]


def _concerned(
    db: Session, period: Period, rules: LedgerRules, other: LedgerRules, book: ColumnElement[int] | None
) -> set[int]:
    """The accounts whose lines in the period, or where they stood before it, the rules may make different."""
    grace = timedelta(days=max(rules.grace_days, other.grace_days))
    found: set[int] = set()
    c = subscription.c
    if rules.grace_days != other.grace_days:
        ends = (c.ended_on, c.cancelled_on)
        near = or_(*(and_(day >= period.start - grace, day < period.end) for day in ends))
        found |= _accounts(db, c.account_id, near, book)
    if rules.churn_date is not other.churn_date:
        noticed = and_(
            c.cancelled_on < period.end,
            # What ended long before stands where it stood, unless notice before the start made nothing of it.
            or_(c.ended_on.is_(None), c.ended_on >= period.start - grace, c.cancelled_on <= c.started_on),
        )
        found |= _accounts(db, c.account_id, noticed, book)
    if rules.past_due_days != other.past_due_days:
        days = min(days for days in (rules.past_due_days, other.past_due_days) if days is not None)
        found |= _accounts(db, invoice.c.account_id, _late(days, period, grace), book)
    return found


def _late(days: int, period: Period, grace: timedelta) -> ColumnElement[bool]:
    """Bills that were unpaid for more than `days` days after they were due, and concern the period.

    One that was paid long before it concerns only who came in it: whether for the first time.
    """
    c = invoice.c
    during = (line.c.day >= period.start, line.c.day < period.end)
    came = select(line.c.account_id).where(*during, line.c.kind.in_(sorted(ARRIVALS)))
    long = seconds_of(c.paid_on) - seconds_of(c.due_on) > days * _DAY_SECONDS
    concerns = or_(c.paid_on >= period.start - grace, c.account_id.in_(came))
    unpaid = or_(c.paid_on.is_(None), and_(long, concerns))
    return and_(payable(), c.due_on < period.end - timedelta(days=days + 1), unpaid)


def _accounts(
    db: Session, of: ColumnElement[int], those: ColumnElement[bool], book: ColumnElement[int] | None
) -> set[int]:
    query = select(of).where(those).distinct()
    return set(db.execute(query if book is None else query.where(of.in_(book))).scalars())


def _portions(accounts: Collection[int]) -> Iterator[list[int]]:
    ordered = iter(sorted(accounts))
    while portion := list(islice(ordered, _PORTION)):
        yield portion
