"""What a book of accounts gained and lost, and what its renewals brought."""

from collections.abc import Sequence
from functools import cache

from metrics.facts import PortfolioFacts
from metrics.periods import Period
from storage.queries.renewals import renewals
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
    found = tuple(
        renewals(
            db,
            periods[0].start,
            periods[-1].end,
            worth=cache(scope.rates.to_home),
            as_of=periods[-1].last,
            book=scope.book,
        )
    )
    return tuple(
        PortfolioFacts(
            revenue,
            renewal_uplift=sum(one.uplift for one in found if revenue.start <= one.due_on < revenue.end),
            renewed_unchanged=sum(
                one.after for one in found if one.unchanged and revenue.start <= one.due_on < revenue.end
            ),
        )
        for revenue in monthly_revenue(db, periods, rates=scope.rates, book=scope.book)
    )


TOTALS = Totals(id="portfolio", facts=PortfolioFacts, load=load, series=series)
