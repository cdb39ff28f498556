"""What Slack tells about customers' people: that they are gone, or there again. The latest word counts."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import delete, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.queries.chunks import chunks
from storage.queries.tables import account, channel_member, contact, contact_sign
from storage.session import Session
from storage.touched import touch

_c, _s = contact.c, contact_sign.c


class Known(NamedTuple):
    """A contact whom Slack speaks of."""

    contact_id: int
    account_id: int


def contacts_of(db: Session, slack_user_id: str, *, channel_id: str | None = None) -> list[Known]:
    """The contacts with this Slack account; with a channel only those of the accounts that share it."""
    query = select(_c.id, _c.account_id).where(_c.slack_user_id == slack_user_id).order_by(_c.id)
    if channel_id is not None:
        query = query.join(account, account.c.id == _c.account_id).where(account.c.slack_channel_id == channel_id)
    return [Known(*row) for row in db.execute(query)]


def sign(
    db: Session, contacts: Collection[Known], kind: str, *, gone_on: date | None, at: datetime, now: datetime
) -> int:
    """Keep that contacts are gone since a day (None: they are there), as Slack told it happened at the moment `at`.

    What happened before the latest word that is kept changes nothing. The accounts of those with whom something has
    changed are noted as touched; the number of those contacts.
    """
    changed = {one for one in contacts if _keep(db, one.contact_id, kind, gone_on, at)}
    touch(db.connection(), {one.account_id for one in changed}, now=now)
    return len(changed)


def otherwise(db: Session, contacts: Collection[Known], kind: str, *, gone: bool) -> list[Known]:
    """Those of whom the word that is kept is another one; of whom there is none, they are taken to be there."""
    told = select(_s.contact_id).where(_s.kind == kind, _s.day.is_not(None))
    ids = chunks({one.contact_id for one in contacts})
    away = {id_ for some in ids for id_ in db.execute(told.where(_s.contact_id.in_(some))).scalars()}
    return [one for one in contacts if (one.contact_id in away) is not gone]


def _keep(db: Session, contact_id: int, kind: str, gone_on: date | None, at: datetime) -> bool:
    """Keep one sign; False where that changes nothing."""
    own = (_s.contact_id == contact_id, _s.kind == kind)
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = insert(contact_sign).values(contact_id=contact_id, kind=kind, day=gone_on, told_at=at)
    if db.execute(new.on_conflict_do_nothing().returning(_s.contact_id)).scalar() is not None:
        return gone_on is not None
    day, told_at = db.execute(select(_s.day, _s.told_at).where(*own).with_for_update()).one()
    if at < told_at:
        return False
    new_day = None if gone_on is None else day or gone_on
    db.execute(update(contact_sign).where(*own).values(day=new_day, told_at=at))
    return bool(new_day != day)


def move_channel(db: Session, before: str, after: str) -> int:
    """A channel has a new id: accounts that share it follow; how many there are."""
    moved = update(account).where(account.c.slack_channel_id == before).values(slack_channel_id=after)
    seen_there = select(literal(after), channel_member.c.user_id).where(channel_member.c.channel_id == before)
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    moves = insert(channel_member).from_select(["channel_id", "user_id"], seen_there)
    db.execute(moves.on_conflict_do_nothing())
    db.execute(delete(channel_member).where(channel_member.c.channel_id == before))
    return len(db.execute(moved.returning(account.c.id)).all())
