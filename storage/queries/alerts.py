"""Alerts as they are: kept from the signal's entry to its recovery (storage.queries.alert_steps says what happens)."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, select

from metrics.sentences import from_json
from metrics.types import BookFilter, Money, Sentence
from storage.queries.books import accounts_of
from storage.queries.chunks import chunks
from storage.queries.tables import account, alert
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
    subject: str = ""


_own = (
    "rule_id", "severity", "why", "since", "mrr", "currency", "state", "opened_at", "changed_at", "version",
    "taken_by", "taken_at", "due_on", "snoozed_until", "outcome", "note", "closed_at", "silent_since", "cleared_at",
    "escalated_at", "held", "subject",
)  # fmt: skip
_alerts: Select[Any] = select(
    _c.id, _c.account_id, account.c.key, account.c.name, account.c.segment, account.c.csm_email,
    *(_c[name] for name in _own),
).join_from(alert, account, account.c.id == _c.account_id)  # fmt: skip


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
