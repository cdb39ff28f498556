"""Feeds that came in every day and have stopped, for the company of tests.commands.company."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from storage.queries import tables
from storage.session import Session
from tests.commands.asking import NOW
from tests.storage.queries import rows

TODAY = NOW.date()
LAST = TODAY - timedelta(days=21)
"""Monday 2 November 2026."""


def stop(db: Session, *entities: str) -> Session:
    """The store, in which these feeds came in every day until LAST and nothing has since."""
    one = db.execute(select(tables.account.c.id).where(tables.account.c.key == "a1")).scalar_one()
    for entity in entities:
        _forget_since(db, entity)
        for ago in range(200):
            _put(db, entity, one, LAST - timedelta(days=ago))
    return db


def _forget_since(db: Session, entity: str) -> None:
    column = {
        "usage": tables.usage_day.c.day,
        "tickets": tables.ticket.c.opened_at,
        "invoices": tables.invoice.c.paid_on,
        "survey_responses": tables.survey_response.c.responded_at,
        "campaigns": tables.campaign.c.day,
    }[entity]
    moments = entity in ("tickets", "survey_responses")
    db.connection().execute(column.table.delete().where(column > (_noon(LAST) if moments else LAST)))


def _put(db: Session, entity: str, account_id: int, day: date) -> None:
    key = f"{entity}-{day}"
    match entity:
        case "usage":
            rows.used(db, account_id, day, "somebody", "stopped", sessions=1)
        case "tickets":
            rows.add(db, "ticket", key=key, account_id=account_id, opened_at=_noon(day))
        case "invoices":
            money = {"amount": 100, "currency": "USD", "status": "paid"}
            rows.add(db, "invoice", key=key, account_id=account_id, due_on=day, paid_on=day, **money)
        case "survey_responses":
            answer = {"kind": "csat", "score": 5, "responded_at": _noon(day)}
            rows.add(db, "survey_response", key=key, account_id=account_id, **answer)
        case "campaigns":
            rows.add(db, "campaign", key=key, account_id=account_id, day=day, sent=1, opened=1)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
