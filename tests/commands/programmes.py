"""Tickets, leads, campaigns and advocacy of two customers, small enough to do the sums by hand.

Today is 23 November 2026. In October there were six tickets, answered after 10, 20, 30 and 1,500 minutes, four leads,
two campaigns and three things that customers did.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from storage.session import Session
from tests.commands.asking import NOW
from tests.storage.queries import rows

OCTOBER = datetime(2026, 10, 5, 12, tzinfo=UTC)

TICKETS = (
    ("Acme", 10, "high", True, 1),
    ("Acme", 20, "high", False, 1),
    ("Acme", 30, "low", False, 4),
    ("Acme", 1500, None, False, None),
    ("Beta", None, "low", True, None),
    ("Beta", None, "low", False, None),
)
"""Whose, minutes to the first response, priority, whether it was escalated, contacts until it was resolved."""

LEADS: tuple[dict[str, Any], ...] = (
    {"source": "ads", "content": "guide", "mql_on": date(2026, 10, 6), "sql_on": date(2026, 10, 7)},
    {"source": "ads", "mql_on": date(2026, 10, 6)},
    {"source": "event", "converted_on": date(2026, 10, 20), "account": "Beta"},
    {},
)

CAMPAIGNS = (
    ("news", "October news", date(2026, 10, 6), "Acme", 10, 5, 1),
    ("news", "October news", date(2026, 10, 6), "Beta", 10, 0, 0),
    ("upsell", None, date(2026, 10, 8), None, 20, 5, 4),
    ("old", "July news", date(2026, 7, 2), "Beta", 10, 2, 0),
)


def fill(db: Session) -> Session:
    """Two customers with all of it."""
    acme, beta = rows.account(db, "Acme", key="a1", segment="smb"), rows.account(db, "Beta", key="b1", segment="mid")
    rows.subscribe(db, acme, rows.paid(date(2025, 1, 1), amount=120_000))
    rows.subscribe(db, beta, rows.paid(date(2025, 1, 1), amount=30_000))
    ids = {"Acme": acme, "Beta": beta, None: None}
    for number, (name, waited, priority, escalated, contacts) in enumerate(TICKETS):
        rows.add(
            db,
            "ticket",
            key=f"t{number}",
            account_id=ids[name],
            opened_at=OCTOBER,
            first_response_at=None if waited is None else OCTOBER + timedelta(minutes=waited),
            resolved_at=OCTOBER + timedelta(days=2) if contacts else None,
            customer_contacts=contacts,
            priority=priority,
            escalated=escalated,
        )
    for number, lead in enumerate(LEADS):
        values = {name: value for name, value in lead.items() if name != "account"}
        account_id = ids[lead.get("account")]
        rows.add(db, "lead", key=f"l{number}", created_on=date(2026, 10, 5), account_id=account_id, **values)
    for key, title, day, of, sent, opened, clicked in CAMPAIGNS:
        counts = {"sent": sent, "opened": opened, "clicked": clicked}
        rows.add(db, "campaign", key=key, name=title, day=day, account_id=ids[of], **counts)
    for number, (kind, nth) in enumerate((("referral", 5), ("referral", 9), ("talk", 8))):
        rows.add(db, "advocacy", key=f"v{number}", account_id=acme, kind=kind, day=date(2026, 10, nth))
    jane = rows.contact(db, beta, "Jane *Roe*")
    answer = {"account_id": beta, "contact_id": jane, "kind": "nps", "score": 10, "responded_at": OCTOBER}
    rows.add(db, "survey_response", key="r1", **answer)
    for entity in ("tickets", "leads", "campaigns", "advocacy"):
        rows.add(db, "data_load", entity=entity, loaded_at=NOW)
    return db
