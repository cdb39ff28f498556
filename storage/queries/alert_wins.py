"""Alerts that ended well, and whether there have been any alerts at all."""

from datetime import datetime

from sqlalchemy import exists, or_, select

from metrics.types import BookFilter
from storage.queries.alert_steps import Step
from storage.queries.alerts import Alert, Outcome, State, by_ids
from storage.queries.books import accounts_of
from storage.queries.tables import alert, alert_event
from storage.session import Session


def any_yet(db: Session) -> bool:
    """Whether a signal has ever been kept: until then an empty list of alerts says nothing about the accounts."""
    return db.execute(select(alert.c.id).limit(1)).scalar() is not None


def ended_well(db: Session, since: datetime, until: datetime, *, book: BookFilter) -> list[Alert]:
    """The alerts of a book that recovered, or were closed as saved, from `since` up to, not including, `until`."""
    ended = exists().where(
        alert_event.c.alert_id == alert.c.id,
        alert_event.c.kind.in_((Step.RECOVERED, Step.CLOSED)),
        alert_event.c.at >= since,
        alert_event.c.at < until,
    )
    well = or_(alert.c.state == State.RECOVERED, alert.c.outcome == Outcome.SAVED)
    accounts = accounts_of(db, book)
    within = () if accounts is None else (alert.c.account_id.in_(accounts),)
    return by_ids(db, list(db.execute(select(alert.c.id).where(well, ended, *within)).scalars()))
