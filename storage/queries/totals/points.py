"""Points of contact that customers had, and those of them that left."""

from datetime import timedelta

from sqlalchemy import case, func, or_, select

from metrics.facts import PointsFacts
from storage.queries.paying import customers
from storage.queries.tables import contact
from storage.queries.totals import Scope, Totals
from storage.session import Session


def load(db: Session, scope: Scope) -> PointsFacts:
    """Those of the accounts that were customers at opening; who has no first day was there from the beginning."""
    c = contact.c
    start, end = scope.period.start, scope.period.end
    opening = customers(db, scope.book, start - timedelta(days=1))
    points, left = db.execute(
        select(func.count(), func.count(case((c.left_on < end, 1)))).where(
            c.is_poc.is_(True),
            or_(c.started_on.is_(None), c.started_on < start),
            or_(c.left_on.is_(None), c.left_on >= start),
            c.account_id.in_(select(opening.c.account_id)),
        )
    ).one()
    return PointsFacts(points, left)


TOTALS = Totals(id="points", facts=PointsFacts, load=load, rests_on=("contact", "mrr_movement"), in_money=False)
