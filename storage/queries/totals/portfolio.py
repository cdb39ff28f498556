"""What a book of accounts gained and lost, and what its renewals brought."""

from collections.abc import Sequence
from functools import cache

from metrics.facts import PortfolioFacts
from metrics.periods import Period
from storage.queries.renewal_sums import renewal_sums
from storage.queries.revenue import monthly_revenue
from storage.queries.totals import Scope, Totals
from storage.session import Session


def load(db: Session, scope: Scope) -> PortfolioFacts:
    """The period's movements, and the renewals that were due in it."""
    return series(db, scope, (scope.period,))[0]


def series(db: Session, scope: Scope, periods: Sequence[Period]) -> Sequence[PortfolioFacts]:
    """The same of several periods, read in one pass."""
    if not periods:
        return ()
    found = renewal_sums(
        db,
        periods,
        home=scope.rates.home,
        worth=cache(scope.rates.to_home),
        as_of=periods[-1].last,
        book=scope.book,
    )
    revenue = monthly_revenue(db, periods, rates=scope.rates, book=scope.book)
    return tuple(
        PortfolioFacts(moved, renewal_uplift=renewed.uplift, renewed_unchanged=renewed.unchanged)
        for moved, renewed in zip(revenue, found, strict=True)
    )


TOTALS = Totals(id="portfolio", facts=PortfolioFacts, load=load, series=series)
