"""What happens to alerts: each step changes the alert and leaves its event."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import insert, select, update

from metrics.sentences import as_json
from metrics.types import Money, Sentence
from storage.queries.alerts import STILL_OPEN, State
from storage.queries.chunks import chunks
from storage.queries.tables import alert, alert_event
from storage.session import Session

_c = alert.c


class Step(StrEnum):
    """What may happen to an alert."""

    OPENED = "opened"
    WORSENED = "worsened"
    TOLD = "told"
    TAKEN = "taken"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    VOTED = "voted"
    ESCALATED = "escalated"
    PLAYBOOK = "playbook"
    RECOVERED = "recovered"
    CLOSED = "closed"
    REOPENED = "reopened"
    REMINDED = "reminded"
    CLEARED = "cleared"


class NewAlert(NamedTuple):
    """A signal that has just fired."""

    account_id: int
    rule_id: str
    severity: str
    why: Sentence
    since: date | None
    mrr: Money
    held: bool = False
    """It waits for the digest: nobody is told of it by itself."""
    subject: str = ""
    """Which of several things that the rule may see in the account."""


class Event(NamedTuple):
    """One step of an alert's life."""

    at: datetime
    kind: str
    actor: str | None
    """The Slack user; None: the bot."""
    detail: Mapping[str, Any]


def open_(db: Session, new: Sequence[NewAlert], *, now: datetime) -> list[int]:
    """Keep alerts that have just fired and return their ids, in order."""
    rows = (insert(alert).values(new_row(one, now)).returning(_c.id) for one in new)
    ids = [int(db.execute(row).scalar_one()) for row in rows]
    note_all(
        db,
        [(alert_id, Step.OPENED, None, {"severity": one.severity}) for alert_id, one in zip(ids, new, strict=True)],
        now,
    )
    return ids


def new_row(new: NewAlert, now: datetime) -> dict[str, Any]:
    """The columns of an alert that has just fired."""
    return {
        "account_id": new.account_id,
        "rule_id": new.rule_id,
        "subject": new.subject,
        "severity": new.severity,
        "worst": new.severity,
        "why": as_json(new.why),
        "since": new.since,
        "mrr": new.mrr.minor,
        "currency": new.mrr.currency,
        "state": State.OPEN,
        "opened_at": now,
        "changed_at": now,
        "version": 1,
        "held": new.held,
    }


def change(
    db: Session,
    alert_id: int,
    step: Step,
    *,
    now: datetime,
    actor: str | None = None,
    detail: Mapping[str, Any] | None = None,
    quiet: bool = False,
    only_in: Iterable[State] = STILL_OPEN,
    **values: Any,  # noqa: ANN401 - columns
) -> bool:
    """Let a step happen: set columns, count the version, note the event. False when the alert is not in such a state.

    `quiet`: nothing that people see in its message changes, so its version stays.
    """
    if isinstance(values.get("why"), Sentence):
        values["why"] = as_json(values["why"])
    if isinstance(mrr := values.pop("at_stake", None), Money):
        values |= {"mrr": mrr.minor, "currency": mrr.currency}
    values |= {"changed_at": now} if quiet else {"changed_at": now, "version": _c.version + 1}
    row = update(alert).where(_c.id == alert_id, _c.state.in_(tuple(only_in))).values(values)
    if db.execute(row.returning(_c.id)).scalar() is None:
        return False
    note_all(db, [(alert_id, step, actor, detail or {})], now)
    return True


def leave_to_digest(db: Session, alert_ids: Collection[int], *, now: datetime) -> None:
    """Let these wait for the digest, those of them that are open, taken or snoozed; nothing that people see changes."""
    for ids in chunks(alert_ids):
        waits = update(alert).where(_c.id.in_(ids), _c.state.in_(tuple(STILL_OPEN))).values(held=True, changed_at=now)
        left = sorted(db.execute(waits.returning(_c.id)).scalars())
        note_all(db, [(alert_id, Step.TOLD, None, {"destination": "digest"}) for alert_id in left], now)


def note(
    db: Session, alert_id: int, step: Step, *, now: datetime, actor: str | None, detail: Mapping[str, Any]
) -> None:
    """Note an event that changes nothing of the alert itself."""
    note_all(db, [(alert_id, step, actor, detail)], now)


def events_of(db: Session, alert_id: int) -> list[Event]:
    """What happened to an alert, oldest first."""
    e = alert_event.c
    rows = db.execute(select(e.at, e.kind, e.actor, e.detail).where(e.alert_id == alert_id).order_by(e.id))
    return [Event._make(row) for row in rows]


def note_all(db: Session, steps: Sequence[tuple[int, str, str | None, Mapping[str, Any]]], now: datetime) -> None:
    """Note events of many alerts: each with its kind, the Slack user (None: the bot) and what belongs to it."""
    rows = [
        {"alert_id": alert_id, "at": now, "kind": kind, "actor": actor, "detail": dict(detail)}
        for alert_id, kind, actor, detail in steps
    ]
    if rows:
        db.execute(insert(alert_event), rows)
