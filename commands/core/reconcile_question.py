"""The question what other tools would say of the same period."""

from dataclasses import dataclass
from datetime import date

from commands.core.arguments import Arguments
from commands.core.rates import rates_needed
from commands.core.request import Request
from metrics.facts import Reconciliation
from metrics.periods import Period
from metrics.types import LedgerRules
from storage.queries.freshness import subscriptions_imported_on
from storage.queries.rates import rates_on
from storage.queries.reconcile import reconciliation
from storage.session import Session

WORDS = frozenset({"reconcile", "conciliar", "сверка", "сверить"})
"""What asks for it after /mrr or /churn."""


@dataclass(frozen=True, slots=True)
class ReconcileAnswer:
    """One period as other definitions see it."""

    asked: Arguments
    period: Period
    """As far as it has come."""
    found: Reconciliation
    rules: LedgerRules
    """Our own, of who is a customer on which day."""
    imported_on: date | None
    today: date
    rates_day: date | None


def reconciled(request: Request, db: Session, asked: Arguments, period: Period) -> ReconcileAnswer:
    """What is counted in `period`, the asked one as far as it has come; UserError where an exchange rate is missing."""
    rules = request.company.definitions.ledger
    with rates_needed():
        rates = rates_on(db, period.last, home=request.company.currency, shown=asked.currency)
        found = reconciliation(db, period, rates=rates, rules=rules, today=request.today, book=asked.book)
    imported_on = subscriptions_imported_on(db, zone=request.company.zone)
    return ReconcileAnswer(asked, period, found, rules, imported_on, request.today, rates.day if rates.rates else None)
