"""Customers' people to be compared with what Slack says now: whom to ask about, and who was seen in which channel."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.queries.departures import MISSED
from storage.queries.tables import account, channel_member, contact
from storage.session import Session

_a, _c, _m = account.c, contact.c, channel_member.c


class Sharer(NamedTuple):
    """A contact of an account that shares a channel."""

    contact_id: int
    account_id: int
    user_id: str
    seen: bool
    """Slack has listed them in that channel before."""


def channels_to_ask(db: Session, *, after: str, on: date, most: int) -> list[str]:
    """Ids, beyond `after`, of the channels that accounts share with people of theirs who are, or may be, in Slack."""
    shared = (
        select(_a.slack_channel_id)
        .join_from(contact, account, _a.id == _c.account_id)
        .where(or_(_c.slack_user_id.is_not(None), _c.email.is_not(None)), is_there(on), _a.slack_channel_id > after)
    )
    return list(db.execute(shared.distinct().order_by(_a.slack_channel_id).limit(most)).scalars())


def people_to_ask(db: Session, *, after: str, on: date, most: int) -> list[str]:
    """Slack ids, beyond `after`, of the contacts whose leaving matters, in order."""
    people = select(_c.slack_user_id).where(_c.slack_user_id > after, MISSED, is_there(on))
    return list(db.execute(people.distinct().order_by(_c.slack_user_id).limit(most)).scalars())


def sharers(db: Session, channel_id: str, *, on: date) -> list[Sharer]:
    """The contacts of the accounts that share a channel, without those who have left by the data, in order of id."""
    query = (
        select(_c.id, _c.account_id, _c.slack_user_id, _m.user_id)
        .join_from(contact, account, _a.id == _c.account_id)
        .outerjoin(channel_member, (_m.user_id == _c.slack_user_id) & (_m.channel_id == channel_id))
        .where(_a.slack_channel_id == channel_id, _c.slack_user_id.is_not(None), is_there(on))
    )
    found = db.execute(query.order_by(_c.id))
    return [Sharer(id_, account_id, user_id, seen is not None) for id_, account_id, user_id, seen in found]


def seen_in(db: Session, channel_id: str, user_ids: Collection[str]) -> None:
    """Keep that Slack lists these people in a channel."""
    if not user_ids:
        return
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = insert(channel_member).on_conflict_do_nothing()
    db.connection().execute(new, [{"channel_id": channel_id, "user_id": one} for one in sorted(user_ids)])


def is_there(on: date) -> ColumnElement[bool]:
    """Whether a contact has not left by the data."""
    return or_(_c.left_on.is_(None), _c.left_on > on)
