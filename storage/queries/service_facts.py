"""The support tickets of accounts, up to a day."""

from datetime import tzinfo

from sqlalchemy import and_, case, exists, func, or_, select

from metrics.account_facts import ServiceFacts
from storage.prepared import Prepared
from storage.queries.asking import SINCE, UNTIL, Asked, question
from storage.queries.tables import ticket
from storage.session import Session

_c = ticket.c
_open = or_(_c.resolved_at.is_(None), _c.resolved_at >= UNTIL)

_tickets = question(
    select(
        _c.account_id,
        func.min(case((and_(_open, _c.escalated), _c.opened_at))),
        func.sum(case((_c.opened_at >= SINCE[28], 1), else_=0)),
        func.sum(case((and_(_c.opened_at >= SINCE[112], _c.opened_at < SINCE[28]), 1), else_=0)),
        func.sum(case((_open, 1), else_=0)),
        func.sum(case((and_(_open, _c.escalated), 1), else_=0)),
        func.sum(case((and_(_c.escalated, _c.opened_at >= SINCE[90]), 1), else_=0)),
    )
    .where(_c.opened_at < UNTIL, or_(_c.opened_at >= SINCE[112], _open))
    .group_by(_c.account_id),
    _c.account_id,
)
_any = Prepared(select(exists().where(_c.opened_at < UNTIL)))

NO_TICKETS = ServiceFacts(0, 0, 0, 0, 0, None)


def service(db: Session, asked: Asked, zone: tzinfo) -> dict[int, ServiceFacts]:
    """By account, its tickets; one that has none open and has opened none for long is left out."""
    return {
        account_id: ServiceFacts._make((*counts, oldest and oldest.astimezone(zone).date()))
        for account_id, oldest, *counts in _tickets.ask(db, asked)
    }


def tickets_are_known(db: Session, asked: Asked) -> bool:
    """Whether anybody's tickets are known by that day: only then are those that are left out quiet."""
    return bool(_any.value(db, asked))
