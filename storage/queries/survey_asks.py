"""The life of a question that was put to somebody: queued → sent → answered, declined, expired, withdrawn or failed.

It follows its message in the outbox: `delivered` and `undelivered` are part of the transaction that settles the
message, `follow` catches up with whatever settled it otherwise. A question counts as asked from the moment that stands
in `asked_at`; of one that never reached anybody it is None again.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from metrics.asking import Reason
from storage.kept_facts import forget
from storage.queries.outbox import WITHDRAWN
from storage.queries.tables import outbox, survey_ask, survey_wave
from storage.session import Session

PURPOSE: Final = "survey"
"""Of questions in the outbox."""
REMINDER: Final = "survey-reminder"
OPEN: Final = ("queued", "sent")
"""Somebody may still answer: one in the queue may stand in Slack already, only that its sender has not heard of it."""
NEVER_SENT: Final = "expired"
"""The reason of a question that failed because it could not be sent in time."""
STATES: Final = ("queued", "sent", "answered", "declined", "expired", "withdrawn", "failed")
REASON_LENGTH: Final = 30

_a, _w, _o = survey_ask.c, survey_wave.c, outbox.c


class Ask(NamedTuple):
    """One question to one person or channel."""

    id: int
    wave_id: int
    kind: str
    account_id: int
    contact_id: int | None
    """None: whoever of the customer reads the channel."""
    occasion: str
    state: str
    token: str
    destination: str
    language: str
    outbox_id: int | None
    reminder_id: int | None
    asked_at: datetime | None
    remind_at: datetime | None
    expires_at: datetime | None


_columns = tuple(_a[name] for name in Ask._fields)


def by_id(db: Session, ask_id: int) -> Ask | None:
    """A question; None if there is none of that id, or nobody was asked."""
    return _first(db, _a.id == ask_id)


def of_message(db: Session, outbox_id: int) -> Ask | None:
    """The question that a message of the outbox puts, or of which it reminds; None: it is neither."""
    return _first(db, or_(_a.outbox_id == outbox_id, _a.reminder_id == outbox_id))


def _first(db: Session, which: ColumnElement[bool]) -> Ask | None:
    row = db.execute(select(*_columns).where(which, _a.token.is_not(None))).first()
    return None if row is None else Ask._make(row)


# --- With its message ----------------------------------------------------------------------------------------------


def delivered(db: Session, outbox_id: int, *, now: datetime) -> None:
    """Slack has the question: it is asked from now on, and the reminder and its end move with it."""
    waiting = (_a.outbox_id == outbox_id, _a.state == "queued")
    row = db.execute(select(_a.id, _a.asked_at, _a.remind_at, _a.expires_at).where(*waiting)).first()
    if row is None:
        return
    later = now - (row.asked_at or now)
    values: dict[str, Any] = {"state": "sent", "asked_at": now}
    for name in ("remind_at", "expires_at"):
        planned = row._mapping[name]  # noqa: SLF001 - how rows are read by name
        values[name] = None if planned is None else planned + later
    db.execute(update(survey_ask).where(_a.id == row.id, _a.state == "queued").values(values))
    forget(db.connection(), "survey_ask", since=now.date())


def postponed(db: Session, ask_id: int, *, until: datetime) -> datetime | None:
    """A question is asked at that moment, later than planned: its reminder and its end, which is told, move with it."""
    row = db.execute(select(_a.asked_at, _a.remind_at, _a.expires_at).where(_a.id == ask_id)).one()
    later = until - (row.asked_at or until)
    remind_at, expires_at = (None if planned is None else planned + later for planned in row[1:])
    values = {"asked_at": until, "remind_at": remind_at, "expires_at": expires_at}
    db.execute(update(survey_ask).where(_a.id == ask_id, _a.state == "queued").values(values))
    return expires_at


def undelivered(db: Session, outbox_id: int, reason: str, *, now: datetime) -> None:
    """The question certainly never got there; `reason` is Slack's word, or ours."""
    waiting = (_a.outbox_id == outbox_id, _a.state == "queued")
    db.execute(
        update(survey_ask).where(*waiting).values(_ended("failed", reason, now) | {"asked_at": None, "remind_at": None})
    )


def reworded(db: Session, ask_id: int, language: str) -> None:
    """The question is put in another language than it was planned in."""
    db.execute(update(survey_ask).where(_a.id == ask_id).values(language=language))


def to_follow(now: datetime) -> ColumnElement[bool]:
    """Questions whose message was settled without them: it expired, was given up or dropped, or an admin saw it."""
    settled = select(_o.id).where(_o.id == _a.outbox_id, _o.state.in_(("sent", "failed"))).exists()
    return and_(_a.state == "queued", _a.asked_at <= now, settled)


def follow(db: Session, *, now: datetime) -> int:
    """Do with the questions what was done with their messages; how many that were."""
    found = db.execute(
        select(_a.outbox_id, _o.state, _o.error, _o.settled_at)
        .join(outbox, _o.id == _a.outbox_id)
        .where(_a.state == "queued", _a.asked_at <= now, _o.state.in_(("sent", "failed")))
    ).all()
    for row in found:
        if row.state == "sent":
            delivered(db, row.outbox_id, now=row.settled_at or now)
        else:
            undelivered(db, row.outbox_id, row.error or NEVER_SENT, now=now)
    return len(found)


# --- Reminders -----------------------------------------------------------------------------------------------------


def to_remind(now: datetime) -> ColumnElement[bool]:
    """Questions that were asked long enough ago, that nobody has answered and that are still open."""
    return and_(_a.state == "sent", _a.remind_at <= now, _a.expires_at > now)


def due_reminders(db: Session, *, now: datetime, most: int) -> list[Ask]:
    """At most so many questions of which somebody is to be reminded, the longest waiting first."""
    return _asks(db, to_remind(now), most)


def reminded(db: Session, ask_id: int, outbox_id: int | None) -> None:
    """A reminder is on its way (None: there will be none): there is no other one."""
    db.execute(update(survey_ask).where(_a.id == ask_id).values(remind_at=None, reminder_id=outbox_id))


def thread_of(db: Session, ask: Ask) -> int | None:
    """The message that begins the thread of a question in a channel: itself, or what it was put under."""
    return db.execute(select(func.coalesce(_o.thread_of, _o.id)).where(_o.id == ask.outbox_id)).scalar()


# --- Over ----------------------------------------------------------------------------------------------------------


def to_expire(now: datetime) -> ColumnElement[bool]:
    """Questions whose time is over; one in the queue only if nobody can say whether it was ever sent."""
    in_doubt = select(_o.id).where(_o.id == _a.outbox_id, _o.state == "unknown", _o.settled_at.is_not(None)).exists()
    return and_(or_(_a.state == "sent", and_(_a.state == "queued", in_doubt)), _a.expires_at <= now)


def expire(db: Session, *, now: datetime, most: int) -> list[Ask]:
    """End at most so many questions whose time is over, and say which those were."""
    asks = _asks(db, to_expire(now), most)
    _end(db, asks, "expired", None, now=now)
    return asks


def withdraw(db: Session, ask_ids: Sequence[int], reason: Reason | str, *, now: datetime) -> list[Ask]:
    """Take open questions back; those whose message may stand in Slack by now, or soon, are returned to be edited.

    What nobody has tried to send yet is taken out of the outbox, reminders too; such a question was never asked.
    """
    found = select(*_columns).where(_a.id.in_(ask_ids), _a.state.in_(OPEN), _a.token.is_not(None))
    asks = [Ask._make(row) for row in db.execute(found.order_by(_a.id))]
    messages = [one for ask in asks for one in (ask.outbox_id, ask.reminder_id) if one is not None]
    waiting = (_o.id.in_(messages), _o.state == "pending", _o.attempts == 0)
    taken_back = update(outbox).where(*waiting).values(state="failed", error=WITHDRAWN, settled_at=now)
    gone = set(db.execute(taken_back.returning(_o.id)).scalars())
    stand = [ask for ask in asks if ask.outbox_id not in gone]
    _end(db, [ask for ask in asks if ask.outbox_id in gone], "withdrawn", reason, now=now, asked_at=None)
    _end(db, stand, "withdrawn", reason, now=now)
    return [ask._replace(reminder_id=None) if ask.reminder_id in gone else ask for ask in stand]


def never_asked(db: Session, ask_id: int, state: str, reason: Reason | str, *, now: datetime) -> None:
    """At the last moment before its message: it is withdrawn, or has failed. Nobody was asked."""
    ended = _ended(state, reason, now) | {"asked_at": None, "remind_at": None}
    db.execute(update(survey_ask).where(_a.id == ask_id, _a.state == "queued").values(ended))


def not_asked(db: Session, ask_id: int) -> None:
    """A question was withdrawn while its message was on its way, and its message could still be stopped."""
    db.execute(update(survey_ask).where(_a.id == ask_id, _a.state == "withdrawn").values(asked_at=None))


def open_of_ended_waves(db: Session, *, most: int) -> list[int]:
    """At most so many open questions of waves that somebody has withdrawn."""
    withdrawn = select(_w.id).where(_w.state == "withdrawn")
    found = select(_a.id).where(_a.wave_id.in_(withdrawn), _a.state.in_(OPEN))
    return list(db.execute(found.order_by(_a.id).limit(most)).scalars())


def answered_of_ended_waves(now: datetime) -> ColumnElement[bool]:
    """Questions in channels that somebody has answered and others still could, of waves that somebody has withdrawn."""
    withdrawn = _a.wave_id.in_(select(_w.id).where(_w.state == "withdrawn"))
    return and_(_a.state == "answered", _a.contact_id.is_(None), _a.expires_at > now, withdrawn)


def take_no_more(db: Session, *, now: datetime, most: int) -> list[Ask]:
    """End at most so many of these for all others, and say which those were; the answers so far stay."""
    asks = _asks(db, answered_of_ended_waves(now), most)
    db.execute(update(survey_ask).where(_a.id.in_([ask.id for ask in asks])).values(expires_at=now))
    return asks


def _asks(db: Session, which: ColumnElement[bool], most: int) -> list[Ask]:
    found = select(*_columns).where(which).order_by(_a.expires_at, _a.id).limit(most)
    return [Ask._make(row) for row in db.execute(found)]


def _end(db: Session, asks: Sequence[Ask], state: str, reason: str | None, *, now: datetime, **more: Any) -> None:  # noqa: ANN401 - columns
    ids = [ask.id for ask in asks]
    if ids:
        ended = _ended(state, reason, now) | {"remind_at": None} | more
        db.execute(update(survey_ask).where(_a.id.in_(ids), _a.state.in_(OPEN)).values(ended))
        days = [ask.asked_at.date() for ask in asks if ask.asked_at is not None]
        if days:
            forget(db.connection(), "survey_ask", since=min(days))


def _ended(state: str, reason: str | None, now: datetime) -> dict[str, Any]:
    return {"state": state, "reason": reason and str(reason)[:REASON_LENGTH], "settled_at": now}


# --- Counted -------------------------------------------------------------------------------------------------------


class Progress(NamedTuple):
    """How far a wave is: how many questions are in each state, and why some are not."""

    queued: int
    sent: int
    """That wait for an answer."""
    answered: int
    declined: int
    expired: int
    withdrawn: int
    failed: int
    asked: int
    """All that reached somebody, whatever became of them."""
    skipped: Mapping[str, int]
    """Who was not asked, by reason."""
    failures: Mapping[str, int]
    """Of the failed, by what Slack said."""

    def as_json(self) -> dict[str, int]:
        """The counts that a live card shows, to be compared."""
        counts = {name: int(getattr(self, name)) for name in STATES}
        return counts | {"asked": self.asked, "skipped": sum(self.skipped.values())}


def progress(db: Session, wave_id: int) -> Progress:
    """How far a wave is."""
    asked = func.count(_a.asked_at).filter(_a.state != "queued")
    counted = select(_a.state, _a.reason, func.count(), asked).where(_a.wave_id == wave_id)
    rows = db.execute(counted.group_by(_a.state, _a.reason)).all()
    states: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    for state, reason, count, _asked in rows:
        states[state] += count
        if state == "skipped":
            skipped[reason or ""] += count
        if state == "failed":
            failures[reason or ""] += count
    return Progress(
        **{name: states[name] for name in STATES}, asked=sum(row[3] for row in rows), skipped=skipped, failures=failures
    )
