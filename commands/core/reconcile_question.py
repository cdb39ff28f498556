"""The question what other tools would say of the same period."""

from dataclasses import dataclass
from datetime import date

from commands.core.arguments import Arguments
from commands.core.rates import rates_needed
from commands.core.request import Request
from metrics.facts import ChurnFacts
from metrics.periods import Period
from storage.queries.freshness import subscriptions_imported_on
from storage.queries.rates import rates_on
from storage.queries.reconcile import churn_facts
from storage.session import Session

WORDS = frozenset({"reconcile", "conciliar", "сверка", "сверить"})
"""What asks for it after /mrr or /churn."""


@dataclass(frozen=True, slots=True)
class ReconcileAnswer:
    """One period as other definitions see it."""

    asked: Arguments
    period: Period
    """As far as it has come."""
    facts: ChurnFacts
    imported_on: date | None
    today: date
    rates_day: date | None


def reconciled(request: Request, db: Session, asked: Arguments, period: Period) -> ReconcileAnswer:
    """What is counted in `period`, the asked one as far as it has come; UserError where an exchange rate is missing."""
    rates = rates_on(db, period.last, home=request.company.currency)
    with rates_needed():
        facts = churn_facts(db, period, rates=rates, book=asked.book)
    imported_on = subscriptions_imported_on(db, zone=request.company.zone)
    return ReconcileAnswer(asked, period, facts, imported_on, request.today, rates.day if rates.rates else None)
