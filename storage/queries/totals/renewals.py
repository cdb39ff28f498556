"""Renewals that were due, and what became of them: see storage.queries.renewals."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from metrics.facts import RenewalFacts
from metrics.periods import Period, PeriodKind, month_of
from storage.queries.renewal_sums import RenewalSums, renewal_sums, renewal_sums_by_account
from storage.queries.totals import Scope, Totals
from storage.session import Session


def load(db: Session, scope: Scope) -> RenewalFacts:
    """The renewals due in the period, and those that the rest of its last month still brings."""
    due, undecided = renewal_sums(db, _come_and_to_come(scope.period), **_asked(scope))
    return _facts(scope, due, undecided)


def by_account(db: Session, scope: Scope) -> Mapping[int, RenewalFacts]:
    """The same of each account."""
    found = renewal_sums_by_account(db, _come_and_to_come(scope.period), **_asked(scope))
    return {account_id: _facts(scope, due, undecided) for account_id, (due, undecided) in found.items()}


def _asked(scope: Scope) -> dict[str, Any]:
    worth = cache(scope.rates.to_home)
    return {"home": scope.rates.home, "worth": worth, "as_of": scope.period.last, "book": scope.book}


def _facts(scope: Scope, due: RenewalSums, undecided: RenewalSums) -> RenewalFacts:
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


def _come_and_to_come(period: Period) -> tuple[Period, Period]:
    come = Period(period.start, period.end)
    return come, Period(come.end, max(come.end, _end_of_all(period)))


def _end_of_all(period: Period) -> date:
    """Where the period ends that this one is a beginning of: one that is running has come as far as today."""
    if period.kind is PeriodKind.CUSTOM and period.start.day == 1:
        return month_of(period.last).end
    return period.end


TOTALS = Totals(id="renewals", facts=RenewalFacts, load=load, by_account=by_account)
