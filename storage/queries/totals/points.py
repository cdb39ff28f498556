"""Points of contact that customers had, and those of them that left."""

from sqlalchemy import and_, case, func, or_, select

from metrics.facts import PointsFacts
from storage.queries.books import accounts_of
from storage.queries.tables import contact
from storage.queries.tables import mrr_movement as line
from storage.queries.totals import Scope, Totals
from storage.session import Session


def load(db: Session, scope: Scope) -> PointsFacts:
    """Those of the accounts that were customers at opening; who has no first day was there from the beginning."""
    c = contact.c
    start, end = scope.period.start, scope.period.end
    accounts = accounts_of(db, scope.book)
    among = () if accounts is None else (c.account_id.in_(accounts),)
    paid = (
        select(func.sum(line.c.after - line.c.before))
        .where(line.c.account_id == c.account_id, line.c.day < start)
        .scalar_subquery()
    )
    opening, left = db.execute(
        select(func.count(), func.count(case((c.left_on < end, 1)))).where(
            c.is_poc.is_(True),
            or_(c.started_on.is_(None), c.started_on < start),
            or_(c.left_on.is_(None), c.left_on >= start),
            and_(paid > 0),
            *among,
        )
    ).one()
    return PointsFacts(opening, left)


TOTALS = Totals(id="points", facts=PointsFacts, load=load)
