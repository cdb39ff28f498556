"""What a book of accounts gained and lost, and what its renewals brought."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from metrics.facts import PortfolioFacts
from metrics.periods import Period
from metrics.types import RevenueFacts
from storage.queries.renewal_sums import RenewalSums, renewal_sums, renewal_sums_by_account
from storage.queries.revenue import monthly_revenue
from storage.queries.revenue_by_account import revenue_by_account
from storage.queries.totals import Scope, Totals
from storage.session import Session


def load(db: Session, scope: Scope) -> PortfolioFacts:
    """The period's movements, and the renewals that were due in it."""
    return series(db, scope, (scope.period,))[0]


def by_account(db: Session, scope: Scope) -> Mapping[int, PortfolioFacts]:
    """The movements of each account and its renewals: whoever renews is a customer."""
    renewed = renewal_sums_by_account(db, (scope.period,), **_asked(scope, scope.period))
    revenue = revenue_by_account(db, scope.period, rates=scope.rates, book=scope.book)
    nothing = (RenewalSums(),)
    return {account_id: _facts(moved, *renewed.get(account_id, nothing)) for account_id, moved in revenue.items()}


def series(db: Session, scope: Scope, periods: Sequence[Period]) -> Sequence[PortfolioFacts]:
    """The same of several periods, read in one pass."""
    if not periods:
        return ()
    found = renewal_sums(db, periods, **_asked(scope, periods[-1]))
    revenue = monthly_revenue(db, periods, rates=scope.rates, book=scope.book)
    return tuple(_facts(moved, renewed) for moved, renewed in zip(revenue, found, strict=True))


def _asked(scope: Scope, last: Period) -> dict[str, Any]:
    return {"home": scope.rates.home, "worth": cache(scope.rates.to_home), "as_of": last.last, "book": scope.book}


def _facts(moved: RevenueFacts, renewed: RenewalSums) -> PortfolioFacts:
    return PortfolioFacts(moved, renewal_uplift=renewed.uplift, renewed_unchanged=renewed.unchanged)


TOTALS = Totals(id="portfolio", facts=PortfolioFacts, load=load, by_account=by_account, series=series)
