"""What a period did to the MRR of a book: see storage.queries.revenue."""

from collections.abc import Mapping, Sequence

from metrics.periods import Period
from metrics.types import RevenueFacts
from storage.queries.revenue import monthly_revenue
from storage.queries.revenue_by_account import revenue_by_account
from storage.queries.totals import Scope, Totals
from storage.session import Session


def load(db: Session, scope: Scope) -> RevenueFacts:
    """The period's movements."""
    return series(db, scope, (scope.period,))[0]


def by_account(db: Session, scope: Scope) -> Mapping[int, RevenueFacts]:
    """The movements of each account."""
    return revenue_by_account(db, scope.period, rates=scope.rates, book=scope.book)


def series(db: Session, scope: Scope, periods: Sequence[Period]) -> Sequence[RevenueFacts]:
    """The movements of several periods, read in one pass."""
    return monthly_revenue(db, periods, rates=scope.rates, book=scope.book)


TOTALS = Totals(id="revenue", facts=RevenueFacts, load=load, by_account=by_account, series=series)
