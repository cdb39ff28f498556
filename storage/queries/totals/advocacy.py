"""What customers did for the company in periods, by kind."""

from collections.abc import Sequence

from sqlalchemy import func, select

from metrics.facts import AdvocacyTotals
from metrics.periods import Period
from storage.queries.consecutive import days_of
from storage.queries.tables import advocacy
from storage.queries.totals import Scope, Totals
from storage.queries.within import within
from storage.session import Session

_c = advocacy.c


def load(db: Session, scope: Scope) -> AdvocacyTotals:
    """The entries of the period."""
    return series(db, scope, (scope.period,))[0]


def series(db: Session, scope: Scope, periods: Sequence[Period]) -> Sequence[AdvocacyTotals]:
    """The entries of several periods that follow one another, read in one pass."""
    days = days_of(periods)
    number, by = days.key(_c.day)
    found = db.execute(
        select(number, _c.kind, func.count())
        .where(days.during(_c.day), *within(db, scope.book, _c.account_id))
        .group_by(*by, _c.kind)
    )
    by_kind: list[dict[str, int]] = [{} for _ in periods]
    for at, kind, count in found:
        by_kind[at][kind] = count
    return [AdvocacyTotals(kinds) for kinds in by_kind]


TOTALS = Totals(id="advocacy", facts=AdvocacyTotals, load=load, series=series, rests_on=("advocacy",), in_money=False)
