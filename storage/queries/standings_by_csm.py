"""The health of every CSM's customers, read in one go."""

from collections import defaultdict
from collections.abc import Mapping

from metrics.facts import HealthTotals
from storage.queries.csms import csms_of
from storage.queries.standings import Standings, standings
from storage.queries.totals import Scope
from storage.queries.totals.health import totals_of
from storage.session import Session


def health_by_csm(db: Session, scope: Scope) -> Mapping[str, HealthTotals]:
    """What HealthTotals are of each CSM's accounts in the scope's book, by the address in lower case; "": of nobody's.

    MissingRate where a currency that a customer pays in has no rate.
    """
    (found,) = standings(db, [scope.period.last], rates=scope.rates, book=scope.book)
    csms = csms_of(db)
    paid: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for account_id, minor in found.mrr.items():
        paid[csms.get(account_id, "").strip().casefold()][account_id] = minor
    return {csm: totals_of(Standings(mrr, found.scores), scope.rates.home) for csm, mrr in paid.items()}
