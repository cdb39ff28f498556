"""How far the data goes, cheaply: for answers that need no more of its completeness than that."""

from datetime import date, tzinfo

from sqlalchemy import bindparam, func, select

from storage.queries.tables import data_load, usage_day
from storage.session import Session

_usage_until = select(func.max(usage_day.c.day)).where(usage_day.c.day <= bindparam("as_of"))
_subscriptions_at = select(data_load.c.loaded_at).where(data_load.c.entity == "subscriptions")


def usage_until(db: Session, *, as_of: date) -> date | None:
    """The last day up to `as_of` with usage of anybody; None where there is no usage data at all."""
    found: date | None = db.execute(_usage_until, {"as_of": as_of}).scalar()
    return found


def subscriptions_imported_on(db: Session, *, zone: tzinfo) -> date | None:
    """The day in `zone` on which subscriptions last came in new or changed; None where none ever did."""
    loaded_at = db.execute(_subscriptions_at).scalar()
    return None if loaded_at is None else loaded_at.astimezone(zone).date()
