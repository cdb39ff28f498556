"""Payments that failed in a period, and those that were collected after they had failed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from metrics.facts import PaymentFacts
from storage.queries.failures import collected_during, failed_during, paid_after_all
from storage.queries.tables import invoice
from storage.queries.totals import Scope, Totals
from storage.queries.within import within
from storage.session import Session

_c = invoice.c


def load(db: Session, scope: Scope) -> PaymentFacts:
    """Of the book's accounts; an invoice that was voided is none."""
    failed, recovered = db.execute(_failed(db, scope)).one()
    days = sorted(_days(row) for row in db.execute(_collected(db, scope)))
    return PaymentFacts(failed=failed, recovered=recovered, days=tuple(days))


def by_account(db: Session, scope: Scope) -> Mapping[int, PaymentFacts]:
    """The same of each account."""
    failed = {row[0]: (row[1], row[2]) for row in db.execute(_failed(db, scope, _c.account_id).group_by(_c.account_id))}
    days: defaultdict[int, list[int]] = defaultdict(list)
    for account_id, *collected in db.execute(_collected(db, scope, _c.account_id)):
        days[account_id].append(_days(collected))
    found = {}
    for account_id in failed.keys() | days.keys():
        count, recovered = failed.get(account_id, (0, 0))
        found[account_id] = PaymentFacts(count, recovered, tuple(sorted(days.get(account_id, ()))))
    return found


def _failed(db: Session, scope: Scope, *keys: ColumnElement[Any]) -> Select[Any]:
    """How many payments failed, and how many of them were made after all."""
    start, end = scope.period.start, scope.period.end
    return select(*keys, func.count(), func.count(case((and_(paid_after_all, _c.paid_on < end), 1)))).where(
        failed_during(start, end), _c.status != "void", *within(db, scope.book, _c.account_id)
    )


def _collected(db: Session, scope: Scope, *keys: ColumnElement[Any]) -> Select[Any]:
    """When each payment that was collected had failed, and when it was made."""
    return select(*keys, _c.failed_on, _c.paid_on).where(
        collected_during(scope.period.start, scope.period.end), *within(db, scope.book, _c.account_id)
    )


def _days(collected: Sequence[date]) -> int:
    failed_on, paid_on = collected
    return (paid_on - failed_on).days


TOTALS = Totals(
    id="payments", facts=PaymentFacts, load=load, by_account=by_account, rests_on=("invoice",), in_money=False
)
