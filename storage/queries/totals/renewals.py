"""Renewals that were due, and what became of them: see storage.queries.renewals."""

from datetime import date
from functools import cache

from metrics.facts import RenewalFacts
from metrics.periods import Period, PeriodKind, month_of
from storage.queries.renewals import renewals
from storage.queries.totals import Scope, Totals
from storage.session import Session


def load(db: Session, scope: Scope) -> RenewalFacts:
    """The renewals due in the period, and those that the rest of its last month still brings."""
    worth = cache(scope.rates.to_home)
    start, end = scope.period.start, _end_of_all(scope.period)
    found = tuple(renewals(db, start, end, worth=worth, as_of=scope.period.last, book=scope.book))
    due = [one for one in found if one.due_on <= scope.period.last]
    renewed = [one for one in due if one.renewed]
    undecided = [one for one in found if one.due_on > scope.period.last]
    return RenewalFacts(
        currency=scope.rates.home,
        due=len(due),
        renewed=len(renewed),
        due_mrr=sum(one.before for one in due),
        renewed_mrr=sum(min(one.before, one.after) for one in renewed),
        uplift=sum(one.uplift for one in renewed),
        unchanged=sum(one.after for one in renewed if one.unchanged),
        undecided=len(undecided),
        undecided_mrr=sum(one.before for one in undecided),
    )


def _end_of_all(period: Period) -> date:
    """Where the period ends that this one is a beginning of: one that is running has come as far as today."""
    if period.kind is PeriodKind.CUSTOM and period.start.day == 1:
        return month_of(period.last).end
    return period.end


TOTALS = Totals(id="renewals", facts=RenewalFacts, load=load)
