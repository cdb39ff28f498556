"""Alerts and what happened to them: kept from the signal's entry to its recovery, each step with its event."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, insert, select, update

from metrics.sentences import as_json, from_json
from metrics.types import BookFilter, Money, Sentence
from storage.queries.books import accounts_of
from storage.queries.chunks import chunks
from storage.queries.tables import account, alert, alert_event, alert_place
from storage.session import Session

_c = alert.c


class State(StrEnum):
    """Where an alert is in its life."""

    OPEN = "open"
    TAKEN = "taken"
    SNOOZED = "snoozed"
    RECOVERED = "recovered"
    """The signal went away before anybody closed it."""
    CLOSED = "closed"


class Outcome(StrEnum):
    """What came of it, as people say."""

    SAVED = "saved"
    LOST = "lost"
    NOT_A_RISK = "not_a_risk"


STILL_OPEN = (State.OPEN, State.TAKEN, State.SNOOZED)


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


class Alert(NamedTuple):
    """An alert with its account; see storage.models.alert for the columns."""

    id: int
    account_id: int
    account_key: str
    account_name: str
    segment: str | None
    csm_email: str | None
    rule_id: str
    severity: str
    why: Sentence
    since: date | None
    mrr: Money
    state: State
    opened_at: datetime
    changed_at: datetime
    version: int
    taken_by: str | None
    taken_at: datetime | None
    due_on: date | None
    snoozed_until: datetime | None
    outcome: Outcome | None
    note: str | None
    closed_at: datetime | None
    silent_since: datetime | None
    cleared_at: datetime | None
    escalated_at: datetime | None
    held: bool


class Event(NamedTuple):
    """One step of an alert's life."""

    at: datetime
    kind: str
    actor: str | None
    """The Slack user; None: the bot."""
    detail: Mapping[str, Any]


_own = (
    "rule_id", "severity", "why", "since", "mrr", "currency", "state", "opened_at", "changed_at", "version",
    "taken_by", "taken_at", "due_on", "snoozed_until", "outcome", "note", "closed_at", "silent_since", "cleared_at",
    "escalated_at", "held",
)  # fmt: skip
_alerts: Select[Any] = select(
    _c.id, _c.account_id, account.c.key, account.c.name, account.c.segment, account.c.csm_email,
    *(_c[name] for name in _own),
).join_from(alert, account, account.c.id == _c.account_id)  # fmt: skip


def held_signals(db: Session, account_ids: Collection[int] | None = None) -> dict[tuple[int, str], Alert]:
    """The alerts whose signal has not cleared, by account and rule; None: of all accounts."""
    holding = _alerts.where(_c.cleared_at.is_(None))
    if account_ids is None:
        return {(one.account_id, one.rule_id): one for one in _read(db, holding)}
    found = (one for some in chunks(account_ids) for one in _read(db, holding.where(_c.account_id.in_(some))))
    return {(one.account_id, one.rule_id): one for one in found}


def by_id(db: Session, alert_id: int) -> Alert | None:
    """One alert; None if there is none of that id."""
    return next(iter(_read(db, _alerts.where(_c.id == alert_id))), None)


def by_ids(db: Session, alert_ids: Collection[int]) -> list[Alert]:
    """Some alerts, in order of id."""
    return [one for some in chunks(alert_ids) for one in _read(db, _alerts.where(_c.id.in_(some)).order_by(_c.id))]


def open_alerts(db: Session, book: BookFilter = BookFilter(), *, held: bool | None = None) -> list[Alert]:  # noqa: B008
    """The alerts of a book that are open, taken or snoozed, oldest first; `held` None: told or not."""
    query = _alerts.where(_c.state.in_(STILL_OPEN)).order_by(_c.opened_at, _c.id)
    accounts = accounts_of(db, book)
    if accounts is not None:
        query = query.where(_c.account_id.in_(accounts))
    return list(_read(db, query if held is None else query.where(_c.held.is_(held))))


def between(db: Session, since: datetime, until: datetime, *conditions: ColumnElement[bool]) -> list[Alert]:
    """The alerts that were opened from `since` up to, not including, `until`."""
    return list(_read(db, _alerts.where(_c.opened_at >= since, _c.opened_at < until, *conditions).order_by(_c.id)))


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


def place(db: Session, alert_id: int, outbox_id: int) -> None:
    """Note that the alert stands in a message of the outbox."""
    known = select(alert_place.c.alert_id).where(
        alert_place.c.alert_id == alert_id, alert_place.c.outbox_id == outbox_id
    )
    if db.execute(known).scalar() is None:
        db.execute(insert(alert_place).values(alert_id=alert_id, outbox_id=outbox_id))


def places_of(db: Session, alert_id: int) -> list[int]:
    """The messages of the outbox in which the alert stands."""
    rows = select(alert_place.c.outbox_id).where(alert_place.c.alert_id == alert_id).order_by(alert_place.c.outbox_id)
    return list(db.execute(rows).scalars())


def placed_in(db: Session, outbox_id: int) -> list[int]:
    """The alerts that a message tells of."""
    rows = select(alert_place.c.alert_id).where(alert_place.c.outbox_id == outbox_id).order_by(alert_place.c.alert_id)
    return list(db.execute(rows).scalars())


def note_all(db: Session, steps: Sequence[tuple[int, str, str | None, Mapping[str, Any]]], now: datetime) -> None:
    """Note events of many alerts: each with its kind, the Slack user (None: the bot) and what belongs to it."""
    rows = [
        {"alert_id": alert_id, "at": now, "kind": kind, "actor": actor, "detail": dict(detail)}
        for alert_id, kind, actor, detail in steps
    ]
    if rows:
        db.execute(insert(alert_event), rows)


def _read(db: Session, query: Select[Any]) -> list[Alert]:
    found = []
    for row in db.execute(query):
        values = row._asdict()
        mrr = Money(values.pop("mrr"), values.pop("currency"))
        outcome = values.pop("outcome")
        found.append(
            Alert(
                account_key=values.pop("key"),
                account_name=values.pop("name"),
                why=from_json(values.pop("why")),
                mrr=mrr,
                state=State(values.pop("state")),
                outcome=None if outcome is None else Outcome(outcome),
                **values,
            )
        )
    return found
