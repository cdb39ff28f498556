"""Alerts that wait too long: those nobody has taken, and those taken whose day has passed."""

from datetime import date, datetime

from sqlalchemy import exists, func, select

from storage.queries.alert_steps import Step
from storage.queries.alerts import Alert, State, by_ids
from storage.queries.tables import alert, alert_event, alert_place
from storage.session import Session

_c, _e = alert.c, alert_event.c
_BEGUN = (Step.OPENED, Step.TOLD, Step.WORSENED, Step.WOKEN, Step.REOPENED)


def untaken(db: Session) -> list[tuple[Alert, datetime]]:
    """Alerts that people were told of and nobody has, of which the lead does not know, and since when they wait."""
    told = exists().where(alert_place.c.alert_id == _c.id)
    since = (
        select(_c.id, func.max(_e.at))
        .join_from(alert, alert_event, _e.alert_id == _c.id)
        .where(_c.state == State.OPEN, _c.held.is_(False), _c.escalated_at.is_(None), told, _e.kind.in_(_BEGUN))
        .group_by(_c.id)
    )
    begun = {row[0]: row[1] for row in db.execute(since)}
    return [(one, begun[one.id]) for one in by_ids(db, begun)]


def past_their_day(db: Session, today: date) -> list[Alert]:
    """Alerts that somebody took, whose day has passed and of which they have not been reminded since they got them."""
    taken = alert_event.alias("taken").c
    got = select(func.max(taken.at)).where(taken.alert_id == _c.id, taken.kind == Step.TAKEN).scalar_subquery()
    since = func.coalesce(got, _c.taken_at)
    reminded = exists().where(_e.alert_id == _c.id, _e.kind == Step.REMINDED, _e.at >= since)
    query = select(_c.id).where(_c.state == State.TAKEN, _c.due_on < today, ~reminded)
    return by_ids(db, list(db.execute(query).scalars()))
