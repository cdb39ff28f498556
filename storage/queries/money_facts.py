"""What accounts pay and how they pay it, up to a day."""

from collections import defaultdict
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import and_, case, func, or_, select

from metrics.account_facts import MoneyFacts
from metrics.money import Rates
from metrics.types import Money, MovementKind
from storage.queries.asking import AS_OF, AS_OF_DAY, BEFORE, BEFORE_DAY, HOME, Asked, question
from storage.queries.ledger import COLUMNS, lines_of, turns
from storage.queries.tables import invoice
from storage.queries.tables import mrr_movement as line
from storage.session import Session

# --- Recurring revenue ---------------------------------------------------------------------------------------------

_change = line.c.after - line.c.before
_own = line.c.currency == HOME
_old = line.c.day <= BEFORE_DAY[90]
_states = question(
    select(
        line.c.account_id,
        func.sum(case((_own, _change), else_=0)),
        func.sum(case((and_(_old, _own), _change), else_=0)),
    )
    .where(line.c.day <= AS_OF_DAY)
    .group_by(line.c.account_id),
    line.c.account_id,
)
_foreign = question(
    select(line.c.account_id, line.c.currency, func.sum(_change), func.sum(case((_old, _change), else_=0)))
    .where(line.c.day <= AS_OF_DAY, line.c.currency != HOME)
    .group_by(line.c.account_id, line.c.currency),
    line.c.account_id,
)
_contractions = question(
    select(*COLUMNS)
    .where(
        line.c.day > BEFORE_DAY[90],
        line.c.day <= AS_OF_DAY,
        or_(line.c.kind == MovementKind.CONTRACTION, line.c.kind.is_(None)),
    )
    .order_by(line.c.account_id, line.c.day, line.c.currency),
    line.c.account_id,
)


def mrr(db: Session, asked: Asked, rates: Rates) -> dict[int, tuple[int, int]]:
    """By account that ever was a customer, its MRR on the day and 90 days before, in the company's currency."""
    states = {account_id: (int(now), int(before)) for account_id, now, before in _states.ask(db, asked)}
    for account_id, currency, *state in _foreign.ask(db, asked):
        now, before = (rates.to_home(int(minor), currency) if minor else 0 for minor in state)
        known = states[account_id]
        states[account_id] = (known[0] + now, known[1] + before)
    return states


def contraction(db: Session, asked: Asked, rates: Rates) -> dict[int, int]:
    """By account, what it lost to contraction in the 90 days; one that lost nothing may be left out."""
    lines = lines_of(_contractions.ask(db, asked))
    return {
        account_id: -sum(turn.change for turn in turns(list(found), rates.to_home) if turn.change < 0)
        for account_id, found in groupby(lines, key=attrgetter("account_id"))
    }


# --- Invoices ------------------------------------------------------------------------------------------------------

_i = invoice.c
_unpaid = and_(
    _i.status != "void",
    or_(_i.paid_on > AS_OF, and_(_i.paid_on.is_(None), or_(_i.status == "open", _i.status == "failed"))),
)
_failing = func.coalesce(_i.failed_on, case((_i.status == "failed", _i.due_on)))

_issued = question(
    select(_i.account_id, func.count(case((and_(_i.status != "void", _i.due_on > BEFORE[365]), 1))))
    .where(_i.due_on <= AS_OF)
    .group_by(_i.account_id),
    _i.account_id,
)
_debts = question(
    select(_i.account_id, _i.currency, _i.amount, case((_failing <= AS_OF, _failing)), _i.due_on)
    .where(_unpaid, or_(_i.due_on < AS_OF, _failing <= AS_OF))
    .order_by(_i.account_id, _i.id),
    _i.account_id,
)


_recovered = question(
    select(_i.account_id, func.max(_i.paid_on))
    .where(_i.status == "paid", _i.paid_on > BEFORE[14], _i.paid_on <= AS_OF, _i.failed_on <= _i.paid_on)
    .group_by(_i.account_id),
    _i.account_id,
)


class Debt(NamedTuple):
    """An invoice that is not paid though it is due, or failed."""

    currency: str
    amount: int
    failed_on: date | None
    due_on: date


def issued(db: Session, asked: Asked) -> dict[int, int]:
    """By account that has had an invoice due, how many were due in the 365 days."""
    return dict(_issued.ask(db, asked))


def debts(db: Session, asked: Asked) -> dict[int, list[Debt]]:
    """By account, what it has not paid; one that has paid everything is left out."""
    found: defaultdict[int, list[Debt]] = defaultdict(list)
    for account_id, *debt in _debts.ask(db, asked):
        found[account_id].append(Debt._make(debt))
    return found


def recovered(db: Session, asked: Asked) -> dict[int, date]:
    """By account that in 14 days paid what had failed, when it last did."""
    return dict(_recovered.ask(db, asked))


def money_facts(
    invoices: int, unpaid: list[Debt] | None, as_of: date, rates: Rates, recovered_on: date | None = None
) -> MoneyFacts:
    """An account's facts, of the invoices due in 365 days and those that it has not paid."""
    if not unpaid:
        return MoneyFacts(invoices, 0, None, None, 0, recovered_on)
    failed = [debt for debt in unpaid if debt.failed_on is not None]
    failed_on = min((debt.failed_on for debt in failed if debt.failed_on is not None), default=None)
    overdue_days = max(0, (as_of - min(debt.due_on for debt in unpaid)).days)
    facts = MoneyFacts(invoices, len(failed), _sum(failed, rates), failed_on, overdue_days)
    return facts if failed else facts._replace(recovered_on=recovered_on)


def _sum(failed: list[Debt], rates: Rates) -> Money | None:
    """What failed, in the customer's currency, or in the company's where that are several; None: nothing."""
    currencies = {debt.currency for debt in failed}
    if not currencies:
        return None
    if len(currencies) == 1:
        return Money(sum(debt.amount for debt in failed), currencies.pop())
    return Money(sum(rates.to_home(debt.amount, debt.currency) for debt in failed), rates.home)
