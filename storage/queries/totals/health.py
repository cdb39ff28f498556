"""How healthy the customers of a book are: by band, from the snapshots of the week before the period's end."""

from collections.abc import Sequence

from metrics.facts import HealthTotals
from metrics.periods import Period
from metrics.types import Band
from storage.queries.standings import Scored, Standings, standings
from storage.queries.totals import Scope, Totals
from storage.session import Session

_UNKNOWN: Scored = (0, None, None)


def load(db: Session, scope: Scope) -> HealthTotals:
    """The customers on the period's last day."""
    return series(db, scope, (scope.period,))[0]


def series(db: Session, scope: Scope, periods: Sequence[Period]) -> Sequence[HealthTotals]:
    """The customers on each period's last day, the ledger read once."""
    days = [period.last for period in periods]
    found = standings(db, days, rates=scope.rates, book=scope.book)
    return [totals_of(customers, scope.rates.home) for customers in found]


def totals_of(found: Standings, currency: str) -> HealthTotals:
    """What these customers come to; amounts in minor units of `currency`."""
    scores, unknown = 0, 0
    mrr: dict[str, list[int]] = {band.value: [] for band in Band}
    for account_id, minor in found.mrr.items():
        _, score, band = found.scores.get(account_id, _UNKNOWN)
        if score is None or band is None:
            unknown += 1
        else:
            mrr[band].append(minor)
            scores += score
    return HealthTotals(
        currency,
        customers={band: len(mrr[band]) for band in Band if mrr[band]},
        mrr={band: sum(mrr[band]) for band in Band if mrr[band]},
        scores=scores,
        unknown=unknown,
        at_risk=len(mrr[Band.POOR]),
    )


TOTALS = Totals(id="health", facts=HealthTotals, load=load, series=series)
