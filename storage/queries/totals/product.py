"""Use of the product in the 28 days that end with the period's last day with usage."""

from collections.abc import Mapping, Sequence

from metrics.facts import ProductTotals
from metrics.periods import Period
from storage.queries.product_kept import kept
from storage.queries.product_totals import totals_by_account, totals_of
from storage.queries.product_window import window_of
from storage.queries.totals import Scope, Totals
from storage.session import Session


def load(db: Session, scope: Scope) -> ProductTotals:
    """The use of the book's accounts; of features, that of its customers. Nothing where the data ended long before."""
    return series(db, scope, (scope.period,))[0]


def series(db: Session, scope: Scope, periods: Sequence[Period]) -> Sequence[ProductTotals]:
    """The same for several periods, as it was counted ahead; what was not is counted now."""
    windows = [window_of(db, period) for period in periods]
    days = [window.last for window in windows if window is not None]
    ahead = kept(db, scope.book, min(days), max(days)) if days else {}
    return [
        ProductTotals() if window is None else ahead.get(window.last) or totals_of(db, scope.book, window)
        for window in windows
    ]


def by_account(db: Session, scope: Scope) -> Mapping[int, ProductTotals]:
    """The use of each customer, also of those that used nothing, and of whoever else used the product.

    It is in sessions, or in days of use, as the book's is.
    """
    window = window_of(db, scope.period)
    return {} if window is None else totals_by_account(db, scope.book, window)


TOTALS = Totals(id="product", facts=ProductTotals, load=load, by_account=by_account, series=series)
