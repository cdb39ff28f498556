"""Renewals that were due, and what became of them: see storage.queries.renewals."""

from datetime import date
from functools import cache

from metrics.facts import RenewalFacts
from metrics.periods import Period, PeriodKind, month_of
from storage.queries.renewal_sums import renewal_sums
from storage.queries.totals import Scope, Totals
from storage.session import Session


def load(db: Session, scope: Scope) -> RenewalFacts:
    """The renewals due in the period, and those that the rest of its last month still brings."""
    come = Period(scope.period.start, scope.period.end)
    to_come = Period(come.end, max(come.end, _end_of_all(scope.period)))
    due, undecided = renewal_sums(
        db,
        (come, to_come),
        home=scope.rates.home,
        worth=cache(scope.rates.to_home),
        as_of=scope.period.last,
        book=scope.book,
    )
    return RenewalFacts(
        currency=scope.rates.home,
        due=due.due,
        renewed=due.renewed,
        due_mrr=due.before,
        renewed_mrr=due.kept,
        uplift=due.uplift,
        unchanged=due.unchanged,
        undecided=undecided.due,
        undecided_mrr=undecided.before,
    )


def _end_of_all(period: Period) -> date:
    """Where the period ends that this one is a beginning of: one that is running has come as far as today."""
    if period.kind is PeriodKind.CUSTOM and period.start.day == 1:
        return month_of(period.last).end
    return period.end


TOTALS = Totals(id="renewals", facts=RenewalFacts, load=load)
