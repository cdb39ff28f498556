"""What a period did to the MRR of a book: see storage.queries.revenue."""

from collections.abc import Sequence

from metrics.periods import Period
from metrics.types import RevenueFacts
from storage.queries.revenue import monthly_revenue
from storage.queries.totals import Scope, Totals
from storage.session import Session


def load(db: Session, scope: Scope) -> RevenueFacts:
    """The period's movements."""
    return series(db, scope, (scope.period,))[0]


def series(db: Session, scope: Scope, periods: Sequence[Period]) -> Sequence[RevenueFacts]:
    """The movements of several periods, read in one pass."""
    return monthly_revenue(db, periods, rates=scope.rates, book=scope.book)


TOTALS = Totals(id="revenue", facts=RevenueFacts, load=load, series=series)
