"""What became of alerts: the facts behind their quality."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select

from metrics.alert_lives import AlertLife
from metrics.types import Money
from storage.queries.alert_steps import Step
from storage.queries.tables import alert, alert_event
from storage.session import Session

_c, _e = alert.c, alert_event.c


def lives(db: Session, *, since: datetime) -> Iterator[AlertLife]:
    """The alerts that were opened since a moment, in order."""
    useful, useless = _votes(db, since)
    taken = _first_taken(db, since)
    columns = (_c.id, _c.rule_id, _c.mrr, _c.currency, _c.held, _c.opened_at, _c.outcome)
    for row in db.execute(select(*columns).where(_c.opened_at >= since).order_by(_c.id)):
        yield AlertLife(
            rule_id=row.rule_id,
            mrr=Money(row.mrr, row.currency),
            held=row.held,
            taken_after=taken[row.id] - row.opened_at if row.id in taken else None,
            outcome=row.outcome,
            useful=useful[row.id],
            useless=useless[row.id],
        )


def _first_taken(db: Session, since: datetime) -> dict[int, datetime]:
    """When somebody took each alert for the first time: who has it later is another question."""
    first = (
        select(_e.alert_id, func.min(_e.at))
        .join_from(alert_event, alert, _c.id == _e.alert_id)
        .where(_c.opened_at >= since, _e.kind == Step.TAKEN)
        .group_by(_e.alert_id)
    )
    return {row[0]: row[1] for row in db.execute(first)}


def _votes(db: Session, since: datetime) -> tuple[Counter[int], Counter[int]]:
    """How many people's last vote on each alert was useful, and useless."""
    cast = (
        select(_e.alert_id, _e.actor, _e.detail)
        .join_from(alert_event, alert, _c.id == _e.alert_id)
        .where(_c.opened_at >= since, _e.kind == Step.VOTED)
        .order_by(_e.id)
    )
    last = {(row.alert_id, row.actor): bool(row.detail.get("useful")) for row in db.execute(cast)}
    return (
        Counter(alert_id for (alert_id, _), useful in last.items() if useful),
        Counter(alert_id for (alert_id, _), useful in last.items() if not useful),
    )
