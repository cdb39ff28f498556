"""Answers as they came in, the latest first, and the ones that somebody has voided: a test, spam."""

from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import case, func, select, update

from storage.kept_facts import forget
from storage.queries.exit_reasons import told_by_colleague
from storage.queries.tables import account, anonymous_answer, contact, survey_response
from storage.session import Session
from storage.touched import touch

_s, _n = survey_response.c, anonymous_answer.c
REASON_MOST: Final = 300


class Given(NamedTuple):
    """One answer."""

    id: int
    account_id: int
    account: str
    person: str | None
    kind: str
    score: int | None
    choice: str | None
    comment: str | None
    responded_at: datetime
    ours: bool
    """It answers a question of ours; else it came in from another tool."""
    colleague: str | None
    """The colleague who told it in the customer's stead."""
    voided_at: datetime | None
    voided_by: str | None
    void_reason: str | None


class Voided(NamedTuple):
    """An anonymous answer that was voided; nothing of the answer itself."""

    at: datetime
    by: str
    reason: str


_given = (
    select(
        _s.id,
        _s.account_id,
        account.c.name,
        contact.c.name,
        _s.kind,
        _s.score,
        _s.choice,
        _s.comment,
        _s.responded_at,
        _s.ask_id.is_not(None),
        case((told_by_colleague, _s.responder)),
        _s.voided_at,
        _s.voided_by,
        _s.void_reason,
    )
    .join_from(survey_response, account, account.c.id == _s.account_id)
    .outerjoin(contact, contact.c.id == _s.contact_id)
)


def answers_given(
    db: Session, *, account_ids: Collection[int] | None = None, skip: int = 0, most: int
) -> tuple[list[Given], int]:
    """A page of the answers of some accounts (None: of all), the latest first, and how many there are in all."""
    among = () if account_ids is None else (_s.account_id.in_(tuple(account_ids)),)
    rows = _given.where(*among).order_by(_s.responded_at.desc(), _s.id.desc()).offset(skip).limit(most)
    count = db.scalar(select(func.count()).select_from(survey_response).where(*among))
    return [Given(*row) for row in db.execute(rows)], int(count or 0)


def answer_given(db: Session, response_id: int) -> Given | None:
    """One answer; None if there is none."""
    row = db.execute(_given.where(_s.id == response_id)).first()
    return None if row is None else Given(*row)


def void(db: Session, response_id: int, *, by: str, reason: str, now: datetime) -> bool:
    """Take an answer out of every figure; False if it is out already, or not there.

    Its account is looked at again soon: a signal that rested on the answer is over.
    """
    values = {"voided_at": now, "voided_by": by, "void_reason": reason}
    return _change(db, update(survey_response).where(_s.id == response_id, _s.voided_at.is_(None)).values(values), now)


def restore(db: Session, response_id: int, *, now: datetime) -> bool:
    """Take a voided answer back into the figures; False if it is in them."""
    values = {"voided_at": None, "voided_by": None, "void_reason": None}
    voided = update(survey_response).where(_s.id == response_id, _s.voided_at.is_not(None))
    return _change(db, voided.values(values), now)


def void_unnamed(db: Session, wave_id: int, mark: str, *, by: str, reason: str, now: datetime) -> bool:
    """Take an answer to an anonymous wave out of every figure, for good; False if it is out already, or not there."""
    values = {"voided_at": now, "voided_by": by, "void_reason": reason}
    this = (_n.wave_id == wave_id, _n.mark == mark, _n.void_reason.is_(None))
    changed = update(anonymous_answer).where(*this).values(values)
    return db.execute(changed.returning(_n.mark)).first() is not None


def voids_of(db: Session, wave_id: int, *, most: int) -> list[Voided]:
    """The anonymous answers of a wave that were voided, the last first."""
    voided = select(_n.voided_at, _n.voided_by, _n.void_reason).where(_n.wave_id == wave_id, _n.voided_at.is_not(None))
    return [Voided(*row) for row in db.execute(voided.order_by(_n.voided_at.desc(), _n.mark).limit(most))]


def _change(db: Session, change: object, now: datetime) -> bool:
    row = db.execute(change.returning(_s.account_id, _s.responded_at)).first()  # type: ignore[attr-defined]
    if row is None:
        return False
    touch(db.connection(), {row[0]}, now=now)
    forget(db.connection(), "survey_response", since=row[1].date())
    return True
