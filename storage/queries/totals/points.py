"""Points of contact that customers had, and those of them that left."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from metrics.facts import PointsFacts
from storage.queries.paying import customers
from storage.queries.tables import contact
from storage.queries.totals import Scope, Totals
from storage.session import Session

_c = contact.c


def load(db: Session, scope: Scope) -> PointsFacts:
    """Those of the accounts that were customers at opening; who has no first day was there from the beginning."""
    return PointsFacts(*db.execute(_points(db, scope)).one())


def by_account(db: Session, scope: Scope) -> Mapping[int, PointsFacts]:
    """Those of each account that had any."""
    found = db.execute(_points(db, scope, _c.account_id).group_by(_c.account_id))
    return {account_id: PointsFacts(points, left) for account_id, points, left in found}


def _points(db: Session, scope: Scope, *keys: ColumnElement[Any]) -> Select[Any]:
    """`keys`, and the fields of PointsFacts in their order."""
    start, end = scope.period.start, scope.period.end
    opening = customers(db, scope.book, start - timedelta(days=1))
    return select(*keys, func.count(), func.count(case((_c.left_on < end, 1)))).where(
        _c.is_poc.is_(True),
        or_(_c.started_on.is_(None), _c.started_on < start),
        or_(_c.left_on.is_(None), _c.left_on >= start),
        _c.account_id.in_(select(opening.c.account_id)),
    )


TOTALS = Totals(
    id="points",
    facts=PointsFacts,
    load=load,
    by_account=by_account,
    rests_on=("contact", "mrr_movement"),
    in_money=False,
)
