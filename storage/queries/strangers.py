"""Members of shared channels whom no data name: of whom to ask Slack, and which contacts they turn out to be."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select

from storage.queries.chunks import chunks
from storage.queries.contact_presence import is_there, seen_in
from storage.queries.tables import account, contact, person, respondent
from storage.session import Session
from storage.slack_ids import settle

_a, _c, _r = account.c, contact.c, respondent.c


def may_be_found(db: Session, channel_id: str, *, on: date) -> bool:
    """Whether an account that shares a channel has a contact with an address whose Slack account is not known."""
    nameless = (
        select(_c.id)
        .join_from(account, contact, _c.account_id == _a.id)
        .where(_a.slack_channel_id == channel_id, _c.slack_user_id.is_(None), _c.email.is_not(None), is_there(on))
    )
    return db.execute(nameless.limit(1)).first() is not None


def strangers(db: Session, channel_id: str, members: Collection[str], *, since: datetime, most: int) -> list[str]:
    """Of a channel's members those about whom Slack is to be asked: first those of whom it never was, in order.

    Not the contacts of the accounts that share the channel, nor known colleagues, nor whom it was asked about since.
    """
    sharing = select(_c.slack_user_id).join_from(account, contact, _c.account_id == _a.id)
    known = set(db.execute(sharing.where(_a.slack_channel_id == channel_id)).scalars())
    asked: dict[str, datetime] = {}
    for some in chunks(set(members) - known):
        known.update(db.execute(select(person.c.user_id).where(person.c.user_id.in_(some))).scalars())
        asked.update(db.execute(select(_r.user_id, _r.seen_at).where(_r.user_id.in_(some))).all())
    never = [one for one in sorted(members) if one not in known and one not in asked]
    again = [one for one in sorted(asked) if one not in known and asked[one] <= since]
    return [*never, *again][:most]


def recognise(db: Session, channel_id: str, members: Collection[str]) -> int:
    """Find contacts among a channel's members by the addresses that are known; how many there are.

    It writes into contacts: within `storage.session.loading`.
    """
    addressed = select(_r.user_id).where(_r.email.is_not(None))
    parts = chunks(members)
    there = [one for some in parts for one in db.execute(addressed.where(_r.user_id.in_(some))).scalars()]
    seen_in(db, channel_id, there)
    sharing = select(_a.id).where(_a.slack_channel_id == channel_id)
    return settle(db.connection(), list(db.execute(sharing).scalars()))
