"""What people of the company think of accounts: given, withdrawn, and which one counted on any day.

A newer opinion takes the place of those before it for good: when it expires, none of them comes back. One that is
withdrawn is as if it had never been given, from the day of its withdrawal on.
"""

from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, insert, or_, select, update
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from metrics.account_facts import OpinionFacts
from storage.prepared import Prepared
from storage.queries.asking import AS_OF, UNTIL, Asked, parameters, question
from storage.queries.tables import opinion
from storage.session import Session
from storage.touched import touch

NOTE_MOST: Final = 2000
"""Letters of a note."""
NAME_MOST: Final = 255
"""Letters of an author's name."""


class Opinion(NamedTuple):
    """One opinion, as it was given."""

    author: str
    """The Slack user."""
    author_name: str
    """As they were called then."""
    score: int
    """1 to 5."""
    note: str | None
    given_at: datetime
    expires_on: date
    """The first day on which it no longer counts."""
    withdrawn_at: datetime | None = None
    id: int = 0
    """0: not given yet."""

    @property
    def last_on(self) -> date:
        """The last day on which it counts."""
        return self.expires_on - timedelta(days=1)


_o = opinion.c
_COLUMNS = (_o.author, _o.author_name, _o.score, _o.note, _o.given_at, _o.expires_on, _o.withdrawn_at, _o.id)
_later = opinion.alias("later")


def _stood(columns: ReadOnlyColumnCollection[str, Any]) -> ColumnElement[bool]:
    """Given by the end of the day, and not taken back by then."""
    taken_back = columns.withdrawn_at
    return and_(columns.given_at < UNTIL, or_(taken_back.is_(None), taken_back >= UNTIL))


_replaced = exists().where(
    _later.c.account_id == _o.account_id,
    _stood(_later.c),
    or_(_later.c.given_at > _o.given_at, and_(_later.c.given_at == _o.given_at, _later.c.id > _o.id)),
)
_current = question(
    select(_o.account_id, *_COLUMNS).where(_stood(_o), _o.expires_on > AS_OF, ~_replaced), _o.account_id
)
_history = Prepared(
    select(*_COLUMNS)
    .where(_o.account_id == bindparam("account_id"), _o.given_at <= bindparam("now"))
    .order_by(_o.given_at.desc(), _o.id.desc())
    .limit(bindparam("most"))
)


def give(db: Session, account_id: int, given: Opinion) -> int:
    """Store an opinion on an account, and return its id."""
    values = {name: value for name, value in given._asdict().items() if name != "id"}
    stored = db.connection().execute(insert(opinion).values(account_id=account_id, **values).returning(_o.id))
    touch(db.connection(), [account_id], now=given.given_at)
    return int(stored.scalar_one())


def withdraw(db: Session, account_id: int, opinion_id: int, *, now: datetime) -> bool:
    """Take back an opinion on that account; False where there is no such one, or it was taken back before."""
    this = and_(_o.id == opinion_id, _o.account_id == account_id, _o.withdrawn_at.is_(None))
    touch(db.connection(), [account_id], now=now)
    return db.connection().execute(update(opinion).where(this).values(withdrawn_at=now)).rowcount > 0


def current(db: Session, account_id: int, *, as_of: date, zone: tzinfo) -> Opinion | None:
    """The opinion that counts on a day; None where there is none. Nothing that happened after the day matters."""
    rows = _current.ask(db, parameters(as_of, zone, "", (account_id,)))
    return next((_opinion(row[1:]) for row in rows), None)


def history(db: Session, account_id: int, *, now: datetime, most: int) -> tuple[Opinion, ...]:
    """The latest opinions on an account up to now, also those withdrawn or expired, newest first."""
    rows = _history.rows(db, {"account_id": account_id, "now": now, "most": most})
    return tuple(_opinion(row) for row in rows)


def last_id(db: Session, account_id: int) -> int:
    """The id of the opinion that was stored last for an account, whatever became of it; 0 where there is none."""
    return db.execute(select(func.max(_o.id)).where(_o.account_id == account_id)).scalar() or 0


def opinion_facts(db: Session, asked: Asked, zone: tzinfo) -> dict[int, OpinionFacts]:
    """By account, the opinion that counts on the day asked about; one without is left out."""
    found = ((row[0], _opinion(row[1:])) for row in _current.ask(db, asked))
    return {account_id: _facts(one, zone) for account_id, one in found}


def _opinion(row: tuple[Any, ...]) -> Opinion:
    return Opinion._make(row)


def _facts(one: Opinion, zone: tzinfo) -> OpinionFacts:
    given_on = one.given_at.astimezone(zone).date()
    return OpinionFacts(one.score, one.author_name, one.note, given_on, one.expires_on)
