"""Payments that failed in a period, and those that were collected after they had failed."""

from sqlalchemy import and_, case, func, select

from metrics.facts import PaymentFacts
from storage.queries.failures import collected_during, failed_during, paid_after_all
from storage.queries.tables import invoice
from storage.queries.totals import Scope, Totals
from storage.queries.within import within
from storage.session import Session

_c = invoice.c


def load(db: Session, scope: Scope) -> PaymentFacts:
    """Of the book's accounts; an invoice that was voided is none."""
    start, end = scope.period.start, scope.period.end
    own = within(db, scope.book, _c.account_id)
    failed, recovered = db.execute(
        select(func.count(), func.count(case((and_(paid_after_all, _c.paid_on < end), 1)))).where(
            failed_during(start, end), _c.status != "void", *own
        )
    ).one()
    collected = db.execute(select(_c.failed_on, _c.paid_on).where(collected_during(start, end), *own))
    days = sorted((paid_on - failed_on).days for failed_on, paid_on in collected)
    return PaymentFacts(failed=failed, recovered=recovered, days=tuple(days))


TOTALS = Totals(id="payments", facts=PaymentFacts, load=load, rests_on=("invoice",), in_money=False)
