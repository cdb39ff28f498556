"""Alerts by the signals behind them, many at once: what stands, what was over lately, and what the rules made of it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from metrics.types import Money
from storage.queries.alert_steps import NewAlert, Step, new_row, note_all
from storage.queries.alerts import State
from storage.queries.asking import Range
from storage.queries.tables import alert, alert_event
from storage.session import Session

_c = alert.c
_holding = _c.cleared_at.is_(None)


_ONE_JUDGE = 7_236_412
"""The number of PostgreSQL's advisory lock that whoever judges takes; on SQLite writers wait for each other anyhow."""


class Holding(NamedTuple):
    """An alert whose signal has not cleared, as it is stored."""

    id: int
    account_id: int
    rule_id: str
    subject: str
    state: State
    severity: str
    worst: str
    why: Any
    """As metrics.sentences.as_json makes it."""
    since: date | None
    mrr: Money
    silent_since: datetime | None
    snoozed_until: datetime | None
    taken_by: str | None
    held: bool

    @property
    def key(self) -> tuple[int, str, str]:
        """As metrics.alerting.Key has it."""
        return self.account_id, self.rule_id, self.subject


class Cleared(NamedTuple):
    """An alert that is over."""

    account_id: int
    rule_id: str
    subject: str
    worst: str
    cleared_at: datetime

    @property
    def key(self) -> tuple[int, str, str]:
        """As metrics.alerting.Key has it."""
        return self.account_id, self.rule_id, self.subject


class Seen(NamedTuple):
    """What is to be noted of an alert whose signal is there."""

    alert_id: int
    severity: str
    worst: str
    why: Any
    since: date | None
    mrr: Money


def take_turn(db: Session) -> None:
    """Wait for whoever else changes alerts of many accounts, until the end of the transaction."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_JUDGE})


def among(accounts: Range | Collection[int]) -> ColumnElement[bool]:
    """The alerts of a range of accounts, which is a tuple of its first and last id, or of a list of ids."""
    if isinstance(accounts, tuple):
        return _c.account_id.between(*accounts)
    return _c.account_id.in_(sorted(accounts))


def holding(db: Session, accounts: Range | Collection[int]) -> list[Holding]:
    """The alerts of these accounts whose signal has not cleared."""
    rows = select(
        _c.id, _c.account_id, _c.rule_id, _c.subject, _c.state, _c.severity, _c.worst, _c.why, _c.since, _c.mrr,
        _c.currency, _c.silent_since, _c.snoozed_until, _c.taken_by, _c.held,
    ).where(_holding, among(accounts)).order_by(_c.account_id, _c.rule_id, _c.subject)  # fmt: skip
    return [
        Holding._make((*row[:4], State(row[4]), *row[5:9], Money(row[9], row[10]), *row[11:]))
        for row in db.execute(rows).all()
    ]


def cleared_since(db: Session, accounts: Range | Collection[int], moment: datetime) -> list[Cleared]:
    """The alerts of these accounts that have been over since then, oldest first."""
    rows = select(_c.account_id, _c.rule_id, _c.subject, _c.worst, _c.cleared_at)
    found = db.execute(rows.where(_c.cleared_at >= moment, among(accounts)).order_by(_c.cleared_at, _c.id))
    return [Cleared._make(row) for row in found]


def cleared_ever(
    db: Session, accounts: Range | Collection[int], rule_ids: Collection[str]
) -> set[tuple[int, str, str]]:
    """What these accounts have ever had an alert of these rules about that is over: as metrics.alerting.Key has it."""
    rows = select(_c.account_id, _c.rule_id, _c.subject)
    over = (~_holding, _c.rule_id.in_(sorted(rule_ids)), among(accounts))
    return {(account_id, rule_id, subject) for account_id, rule_id, subject in db.execute(rows.where(*over))}


def open_many(db: Session, new: Sequence[NewAlert], *, now: datetime) -> list[int]:
    """Keep alerts that have just fired; the ids of those that no other process has opened meanwhile."""
    if not new:
        return []
    upsert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    rows = [new_row(one, now) for one in sorted(new, key=lambda one: (one.account_id, one.rule_id, one.subject))]
    kept = db.execute(upsert(alert).on_conflict_do_nothing().returning(_c.id, _c.severity), rows)
    found = sorted((int(id_), severity) for id_, severity in kept)
    note_all(db, [(id_, Step.OPENED, None, {"severity": severity}) for id_, severity in found], now)
    return [id_ for id_, _ in found]


_alert_id: BindParameter[int] = bindparam("of_alert")


def keep_many(db: Session, seen: Iterable[Seen], *, now: datetime) -> None:
    """Note quietly what is seen of signals that are still there."""
    rows = [
        {
            "of_alert": one.alert_id,
            "severity": one.severity,
            "worst": one.worst,
            "why": one.why,
            "since": one.since,
            "mrr": one.mrr.minor,
            "currency": one.mrr.currency,
            "silent_since": None,
            "changed_at": now,
        }
        for one in seen
    ]
    if rows:
        db.connection().execute(update(alert).where(_c.id == _alert_id, _holding), rows)


def silence_many(db: Session, alert_ids: Collection[int], *, now: datetime) -> None:
    """Note that these signals are not seen any more, from now on."""
    rows = [{"of_alert": alert_id, "silent_since": now} for alert_id in sorted(alert_ids)]
    if rows:
        unseen = and_(_c.id == _alert_id, _holding, _c.silent_since.is_(None))
        db.connection().execute(update(alert).where(unseen), rows)


def clear(db: Session, alert_id: int, *, now: datetime) -> bool:
    """Let the rule fire anew where somebody had closed the alert before the signal went away; False: it may already."""
    over = update(alert).where(_c.id == alert_id, _holding, _c.state == State.CLOSED)
    if db.execute(over.values(cleared_at=now, changed_at=now).returning(_c.id)).scalar() is None:
        return False
    note_all(db, [(alert_id, Step.CLEARED, None, {})], now)
    return True


# --- What waits ----------------------------------------------------------------------------------------------------

_news = alert_event.alias("news").c
_told = alert_event.alias("told").c
SNOOZE_LOOKED_FOR = timedelta(hours=1)
_NEWS = (Step.OPENED, Step.WORSENED, Step.WOKEN)


def untold(db: Session, *, since: datetime) -> list[int]:
    """The open alerts that are news since that moment and of which nobody has been told, in order of id."""
    told = exists().where(_told.alert_id == _c.id, _told.kind == Step.TOLD, _told.id > _news.id)
    news = exists().where(_news.alert_id == _c.id, _news.kind.in_(_NEWS), _news.at >= since, ~told)
    open_ = (_c.state.in_((State.OPEN, State.TAKEN)), _c.held.is_(False), _c.changed_at >= since)
    return list(db.execute(select(_c.id).where(_holding, *open_, news).order_by(_c.id)).scalars())


def snoozes_over(db: Session, *, now: datetime) -> list[int]:
    """The accounts with an alert whose snooze was over within the last hour; older ones wait for the night."""
    lately = _c.snoozed_until.between(now - SNOOZE_LOOKED_FOR, now)
    over = (_holding, _c.state == State.SNOOZED, lately, _c.silent_since.is_(None))
    return list(db.execute(select(_c.account_id).distinct().where(*over).order_by(_c.account_id)).scalars())
