"""Alerts of accounts that a test makes, and what the outbox holds of them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from commands.core.request import Company
from metrics.types import Money, Sentence
from storage.queries import alert_steps, alerts
from storage.queries.alert_steps import NewAlert
from storage.queries.alerts import Alert
from storage.queries.people_known import Person, prefer, remember
from storage.queries.tables import outbox
from storage.session import Session
from tests.storage.queries.rows import account

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
"""A Monday, half past ten in Madrid."""
COMPANY = Company("USD", ZoneInfo("Europe/Madrid"), alert_channel="C0CS", leads=("U0LEA",), admins=("U0ADA",))


class Posted(NamedTuple):
    """A message in the outbox."""

    id: int
    purpose: str
    destination: str
    text: str
    due_at: datetime
    state: str
    blocks: list[Mapping[str, Any]]
    edits: int | None
    thread_of: int | None


def fired(db: Session, name: str = "Acme Corp", *, now: datetime = NOW, **more: Any) -> int:
    """An alert that has just fired for a new account; its id."""
    given: dict[str, Any] = {
        "rule_id": "usage_drop",
        "severity": "warning",
        "held": False,
        "minor": 120_000,
        "since": None,
    } | more
    of = {key: given.pop(key) for key in ("csm_email", "segment", "renewal_on", "key") if key in given}
    why = Sentence("{last} logins last week, usually {habit}", {"last": 12, "habit": 80})
    new = NewAlert(
        account(db, name, **of),
        given["rule_id"],
        given["severity"],
        why,
        given["since"],
        Money(given["minor"], "USD"),
        given["held"],
    )
    (alert_id,) = alert_steps.open_(db, [new], now=now)
    return alert_id


def known(db: Session, user_id: str = "U0ANA", email: str = "ana@example.com", **more: Any) -> Person:
    """A colleague whom Slack knows, with their wishes."""
    preferences = more.pop("preferences", {})
    one = Person(user_id, email, **{"name": "Ana Ruiz", "language": "en", "zone": "Europe/Madrid"} | more)
    remember(db, one, now=NOW)
    prefer(db, user_id, preferences)
    return one


def posted(db: Session, *, purpose: str | None = None) -> list[Posted]:
    """What is in the outbox, in order."""
    c = outbox.c
    rows = db.execute(
        select(c.id, c.purpose, c.destination, c.content, c.due_at, c.state, c.edits, c.thread_of).order_by(c.id)
    )
    found = [
        Posted(r.id, r.purpose, r.destination, r.content["text"], r.due_at, r.state, r.content["blocks"], r[6], r[7])
        for r in rows
    ]
    return [one for one in found if purpose in {None, one.purpose}]


def alive(db: Session) -> list[Posted]:
    """The messages that were not taken back."""
    return [one for one in posted(db) if one.state != "failed"]


def the(db: Session, alert_id: int) -> Alert:
    """An alert as it is now."""
    found = alerts.by_id(db, alert_id)
    assert found is not None
    return found
