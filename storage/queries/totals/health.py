"""How healthy the customers of a book are: by band, from the snapshots of the week before the period's end."""

from collections.abc import Mapping, Sequence

from metrics.facts import HealthTotals
from metrics.periods import Period
from metrics.types import Band, BookFilter
from storage.queries.health_sums import health_sums
from storage.queries.rollup import pays_only
from storage.queries.standings import Scored, Standings, newest_day, scores_on, standings
from storage.queries.totals import Scope, Totals
from storage.session import Session

_EVERYBODY = BookFilter()
_UNKNOWN: Scored = (0, None, None)


def load(db: Session, scope: Scope) -> HealthTotals:
    """The customers on the period's last day."""
    day, home = scope.period.last, scope.rates.home
    newest = newest_day(db, day)
    if newest is None or scope.book != _EVERYBODY or not pays_only(db, home):
        return series(db, scope, (scope.period,))[0]
    sums = health_sums(db, day, newest)
    others = totals_of(Standings(sums.others, scores_on(db, day, sums.others)), home)
    return HealthTotals(
        home,
        customers=_plus(sums.by_band, others.customers),
        mrr=_plus(sums.mrr, others.mrr),
        scores=sums.scores + others.scores,
        unknown=sums.customers - sum(sums.by_band.values()) + others.unknown,
        at_risk=sums.by_band.get(Band.POOR, 0) + others.at_risk,
    )


def _plus(one: Mapping[Band, int], other: Mapping[Band, int]) -> dict[Band, int]:
    return {band: one.get(band, 0) + other.get(band, 0) for band in Band if band in one or band in other}


def series(db: Session, scope: Scope, periods: Sequence[Period]) -> Sequence[HealthTotals]:
    """The customers on each period's last day, the ledger read once."""
    days = [period.last for period in periods]
    found = standings(db, days, rates=scope.rates, book=scope.book)
    return [totals_of(customers, scope.rates.home) for customers in found]


def by_account(db: Session, scope: Scope) -> Mapping[int, HealthTotals]:
    """The health of each customer on the period's last day, also of those without a score."""
    (found,) = standings(db, (scope.period.last,), rates=scope.rates, book=scope.book)
    home = scope.rates.home
    return {
        account_id: totals_of(Standings({account_id: minor}, found.scores), home)
        for account_id, minor in found.mrr.items()
    }


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


TOTALS = Totals(
    id="health",
    facts=HealthTotals,
    load=load,
    by_account=by_account,
    series=series,
    rests_on=("mrr_movement", "health_snapshot"),
)
