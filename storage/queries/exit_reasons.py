"""Why accounts have left, as a colleague tells it: one answer for each account and day of leaving."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from storage.kept_facts import forget
from storage.queries.chunks import chunks
from storage.queries.survey_rows import NOT_VOID
from storage.queries.tables import account, outbox, survey_response
from storage.session import Session
from storage.touched import touch

_a, _r, _o = account.c, survey_response.c, outbox.c

EXIT: Final = "exit"
PURPOSE: Final = "exit-reason"
"""What messages that ask for it are for, as the outbox keeps it."""
_COLLEAGUE: Final = "colleague churn "
told_by_colleague: Final = _r.key.startswith(_COLLEAGUE, autoescape=True)
"""An answer that a colleague told in the customer's stead."""
_AHEAD: Final = timedelta(days=90)
"""Whoever gives notice may say why so long before it ends."""


class Leaver(NamedTuple):
    """An account that has left."""

    account_id: int
    key: str
    name: str
    csm_email: str | None


class Told(NamedTuple):
    """What a colleague has told."""

    choice: str
    comment: str | None
    responder: str


class Why(NamedTuple):
    """What somebody has told of an account that left, a colleague or its own people."""

    by_colleague: bool
    day: date
    choice: str
    comment: str | None


class Message(NamedTuple):
    """A message in which somebody was asked."""

    outbox_id: int
    destination: str


def leavers(db: Session, account_ids: Collection[int]) -> dict[int, Leaver]:
    """Accounts by id."""
    query = select(_a.id, _a.key, _a.name, _a.csm_email)
    rows = (row for some in chunks(account_ids) for row in db.execute(query.where(_a.id.in_(some))))
    return {row.id: Leaver._make(row) for row in rows}


def told(db: Session, account_id: int, day: date) -> Told | None:
    """What was told of an account that left on the day; None: nothing yet."""
    found = select(_r.choice, _r.comment, _r.responder).where(_r.key == _key(account_id, day), NOT_VOID)
    row = db.execute(found).first()
    return None if row is None else Told._make(row)


def tell(db: Session, account_id: int, day: date, what: Told, *, now: datetime) -> None:
    """Keep what a colleague tells, in the place of what was told before, even if that was voided."""
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    given = {**what._asdict(), "voided_at": None, "voided_by": None, "void_reason": None}
    new = insert(survey_response).values(
        key=_key(account_id, day), account_id=account_id, kind=EXIT, responded_at=now, **given
    )
    db.execute(new.on_conflict_do_update(index_elements=[_r.key], set_=given))
    touch(db.connection(), (account_id,), now=now)
    forget(db.connection(), "survey_response", since=min(day, now.date()))


def reasons(db: Session, account_ids: Collection[int]) -> dict[int, list[Why]]:
    """By account all that was told and not voided, the latest last, what colleagues told after the rest."""
    answers = select(_r.account_id, told_by_colleague, _r.responded_at, _r.choice, _r.comment)
    counted = answers.where(_r.kind == EXIT, _r.choice.is_not(None), NOT_VOID)
    found: dict[int, list[Why]] = {}
    for some in chunks(account_ids):
        rows = counted.where(_r.account_id.in_(some)).order_by(told_by_colleague, _r.responded_at, _r.id)
        for account_id, by_colleague, at, choice, comment in db.execute(rows):
            found.setdefault(account_id, []).append(Why(bool(by_colleague), at.date(), choice, comment))
    return found


def why_left(told: Iterable[Why], day: date, until: date | None) -> Why | None:
    """Of what was told why an account left on the day, and came back on `until`: a colleague's word, else the last."""
    of_then = [one for one in told if one.day >= day - _AHEAD and (until is None or one.day < until)]
    return of_then[-1] if of_then else None


def asked_in(db: Session, account_id: int, day: date) -> list[Message]:
    """The messages in which a colleague was asked about it."""
    mine = (_o.purpose == PURPOSE, _o.occurrence == occurrence(account_id, day), _o.edits.is_(None))
    return [Message._make(row) for row in db.execute(select(_o.id, _o.destination).where(*mine).order_by(_o.id))]


def asked(db: Session, occurrences: Collection[str]) -> set[str]:
    """Those of the occurrences for which a colleague has a message already."""
    found = select(_o.occurrence).where(_o.purpose == PURPOSE)
    return {one for some in chunks(occurrences) for one in db.execute(found.where(_o.occurrence.in_(some))).scalars()}


def occurrence(account_id: int, day: date) -> str:
    """What a colleague is asked about, once."""
    return f"churn {account_id} {day}"


def _key(account_id: int, day: date) -> str:
    return f"{_COLLEAGUE}{account_id} {day}"
