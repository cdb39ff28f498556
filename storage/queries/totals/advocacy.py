"""What customers did for the company in periods, by kind."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, func, select

from metrics.facts import AdvocacyTotals
from metrics.periods import Period
from storage.queries.consecutive import Consecutive, days_of
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
    found = db.execute(select(number, _c.kind, func.count()).where(*_done(db, scope, days)).group_by(*by, _c.kind))
    by_kind: list[dict[str, int]] = [{} for _ in periods]
    for at, kind, count in found:
        by_kind[at][kind] = count
    return [AdvocacyTotals(kinds) for kinds in by_kind]


def by_account(db: Session, scope: Scope) -> Mapping[int, AdvocacyTotals]:
    """The entries of each account that has any in the period."""
    keys = (_c.account_id, _c.kind)
    found = db.execute(select(*keys, func.count()).where(*_done(db, scope, days_of((scope.period,)))).group_by(*keys))
    by_kind: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for account_id, kind, count in found:
        by_kind[account_id][kind] = count
    return {account_id: AdvocacyTotals(kinds) for account_id, kinds in by_kind.items()}


def _done(db: Session, scope: Scope, days: Consecutive) -> tuple[ColumnElement[bool], ...]:
    return days.during(_c.day), *within(db, scope.book, _c.account_id)


TOTALS = Totals(
    id="advocacy",
    facts=AdvocacyTotals,
    load=load,
    by_account=by_account,
    series=series,
    rests_on=("advocacy",),
    in_money=False,
)
