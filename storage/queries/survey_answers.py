"""Answers to questions of ours: one a person and question, whoever taps how often.

An answer is kept under "slack <question> <user>". One to an anonymous wave is kept apart (anonymous_answer), under a
mark that only the wave's secret can make: neither a question, a person, an account nor a moment stands beside it.
"""

import hmac
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple

from sqlalchemy import Insert, Table, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from metrics.surveying import Survey
from metrics.surveys import all_surveys
from storage.kept_facts import forget
from storage.queries.survey_wordings import wordings
from storage.queries.tables import (
    account,
    anonymous_answer,
    contact,
    respondent,
    survey_ask,
    survey_response,
    survey_wave,
)
from storage.session import Session
from storage.touched import touch

COMMENT_MOST: Final = 3000
"""Characters of a comment: as many as an input of Slack's takes."""

_a, _w, _r, _n = survey_ask.c, survey_wave.c, survey_response.c, anonymous_answer.c


class Asked(NamedTuple):
    """A question that was put to somebody, with what its wave says of it."""

    id: int
    wave_id: int
    kind: str
    account_id: int
    contact_id: int | None
    state: str
    token: str
    destination: str
    """The person, or the channel."""
    language: str
    outbox_id: int | None
    reminder_id: int | None
    expires_at: datetime | None
    place: str
    """direct, channel or thread."""
    wording: Mapping[str, str]
    """The question by language, where it is not the usual one."""
    anonymous: bool
    secret: bytes | None
    """Of an anonymous wave while it runs."""
    segment: str | None

    @property
    def shared(self) -> bool:
        """It stands in a channel, where everybody of the customer may answer."""
        return self.place != "direct"

    @property
    def survey(self) -> Survey:
        """What is asked."""
        return all_surveys()[self.kind]


class Given(NamedTuple):
    """What somebody has answered."""

    id: int | None
    """The survey_response; None: the wave is anonymous."""
    score: int | None
    choice: str | None
    comment: str | None
    since: datetime | None
    """When they first answered; None: the wave is anonymous."""
    day: date
    """The day of it."""
    voided: bool

    @property
    def answer(self) -> int | str | None:
        """The score, or the option's id."""
        return self.choice if self.score is None else self.score


_columns = (
    *(_a[name] for name in Asked._fields[:12]),
    *(_w[name] for name in ("place", "wording", "anonymous", "secret")),
    account.c.segment,
)


def asked_of(db: Session, token: str, *, lock: bool) -> Asked | None:
    """The question that a token stands for; None if there is none.

    `lock`: whoever else wants to change it waits until this transaction is done, which must be one that may write.
    """
    query = (
        select(*_columns)
        .join(survey_wave, _w.id == _a.wave_id)
        .join(account, account.c.id == _a.account_id)
        .where(_a.token == token, _a.kind.in_(all_surveys()))
    )
    row = db.execute(query.with_for_update(of=survey_ask) if lock else query).first()
    if row is None:
        return None
    asked = Asked._make(row)
    return asked._replace(wording={**wordings(db, asked.kind), **asked.wording})


def is_contact(db: Session, account_id: int, user_id: str) -> bool:
    """Whether the Slack user is known as a person of the account."""
    return _contact_of(db, account_id, user_id) is not None


def is_of_others(db: Session, account_id: int, user_id: str, team_id: str) -> bool:
    """Whether somebody from outside is of another customer: they or others of their team are known as its people.

    Nobody is whose team is known at this account as well, or at one with the same channel or domain. Of whom nothing is
    known, that they read the channel says enough.
    """
    here = db.execute(select(account.c.slack_channel_id, account.c.domain).where(account.c.id == account_id)).one()
    ours = [account.c.id == account_id]
    ours += [account.c.slack_channel_id == here.slack_channel_id] if here.slack_channel_id else []
    ours += [account.c.domain == here.domain] if here.domain else []
    team = select(respondent.c.user_id).where(respondent.c.team_id == team_id)
    theirs = or_(contact.c.slack_user_id == user_id, contact.c.slack_user_id.in_(team))
    sides = select(or_(*ours)).join_from(contact, account, account.c.id == contact.c.account_id).where(theirs)
    return set(db.execute(sides.distinct()).scalars()) == {False}


def given(db: Session, asked: Asked, user_id: str) -> Given | None:
    """What the person has answered to the question; None: nothing yet, or it cannot be found any more (anonymous)."""
    if not asked.anonymous:
        one = (_r.id, _r.score, _r.choice, _r.comment, _r.responded_at, _r.voided_at)
        row = db.execute(select(*one).where(_r.key == _key(asked, user_id))).first()
        if row is None:
            return None
        day, voided = row.responded_at.date(), row.voided_at is not None
        return Given(row.id, row.score, row.choice, row.comment, row.responded_at, day, voided)
    mark = _mark(asked, user_id)
    this = (_n.wave_id == asked.wave_id, _n.mark == mark)
    found = db.execute(select(_n.score, _n.choice, _n.comment, _n.day, _n.void_reason).where(*this)).first()
    if found is None:
        return None
    return Given(None, found.score, found.choice, found.comment, None, found.day, found.void_reason is not None)


def answer(
    db: Session, asked: Asked, user_id: str, value: int | str, *, language: str, today: date, now: datetime
) -> Given:
    """Keep what the person answers, a score or an option's id, in the place of what they answered before.

    The account's figures and rules see it at once. The question is answered from now on; of an anonymous wave no
    moment is noted. `today` is the company's day.
    """
    values = {
        "score": value if isinstance(value, int) else None,
        "choice": value if isinstance(value, str) else None,
        "language": language,
    }
    if asked.anonymous:
        own = {"wave_id": asked.wave_id, "mark": _mark(asked, user_id)}
        fixed = {"kind": asked.kind, "day": today, "segment": asked.segment}
        db.execute(_upsert(db, anonymous_answer, own, fixed, values))
    else:
        fixed = {
            "account_id": asked.account_id,
            "contact_id": asked.contact_id or _contact_of(db, asked.account_id, user_id),
            "kind": asked.kind,
            "responded_at": now,
            "ask_id": asked.id,
            "responder": user_id,
        }
        db.execute(_upsert(db, survey_response, {"key": _key(asked, user_id)}, fixed, values))
    _settle(db, asked, "answered", None if asked.anonymous else now)
    return _kept(db, asked, user_id, now=now)


def comment(db: Session, asked: Asked, user_id: str, words: str | None, *, now: datetime) -> Given | None:
    """Keep what the person adds in words to their answer (None: nothing any more); None if there is no answer."""
    values = {"comment": words and words[:COMMENT_MOST]}
    if asked.anonymous:
        mine = (_n.wave_id == asked.wave_id, _n.mark == _mark(asked, user_id))
        changed = db.execute(update(anonymous_answer).where(*mine).values(values).returning(_n.mark)).first()
    else:
        this = update(survey_response).where(_r.key == _key(asked, user_id)).values(values)
        changed = db.execute(this.returning(_r.key)).first()
    return None if changed is None else _kept(db, asked, user_id, now=now)


def decline(db: Session, asked: Asked, *, now: datetime) -> None:
    """The person wants no question: it needs no answer any more, unless it has one."""
    if asked.state != "answered":
        _settle(db, asked, "declined", now)


def take_back_declined(db: Session, asked: Asked) -> None:
    """The question waits for an answer again."""
    again = {"state": "sent", "settled_at": None}
    db.execute(update(survey_ask).where(_a.id == asked.id, _a.state == "declined").values(again))


def _kept(db: Session, asked: Asked, user_id: str, *, now: datetime) -> Given:
    kept = given(db, asked, user_id)
    if kept is None:
        raise LookupError(asked.id)
    if not asked.anonymous:
        _tell(db, asked.account_id, since=kept.day, now=now)
    return kept


def _tell(db: Session, account_id: int, *, since: date, now: datetime) -> None:
    """Rules look at the account soon, and figures that rest on answers are computed anew."""
    touch(db.connection(), (account_id,), now=now)
    forget(db.connection(), "survey_response", since=since)


def _settle(db: Session, asked: Asked, state: str, at: datetime | None) -> None:
    """Whoever taps has the question, whatever Slack said when it was sent."""
    reached = func.coalesce(_a.asked_at, _a.decided_at)
    values = {"state": state, "reason": None, "settled_at": at, "remind_at": None, "asked_at": reached}
    settled = update(survey_ask).where(_a.id == asked.id, _a.state != state).values(values)
    asked_at = db.execute(settled.returning(_a.asked_at)).scalar()
    if asked_at is not None:
        forget(db.connection(), "survey_ask", since=asked_at.date())


def _contact_of(db: Session, account_id: int, user_id: str) -> int | None:
    theirs = (contact.c.account_id == account_id, contact.c.slack_user_id == user_id)
    return db.execute(select(contact.c.id).where(*theirs).order_by(contact.c.id).limit(1)).scalar()


def _key(asked: Asked, user_id: str) -> str:
    return f"slack {asked.id} {user_id}"


def _mark(asked: Asked, user_id: str) -> str:
    """One way: the secret is forgotten when the wave is over."""
    if asked.secret is None:
        return ""
    return hmac.new(asked.secret, user_id.encode(), sha256).hexdigest()


def _upsert(
    db: Session, table: Table, own: Mapping[str, Any], fixed: Mapping[str, Any], values: Mapping[str, Any]
) -> Insert:
    """A new row, or the `values` alone of the row that is there."""
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = insert(table).values(**own, **fixed, **values)
    return new.on_conflict_do_update(index_elements=[table.c[name] for name in own], set_=dict(values))
