"""What people, and accounts in their shared channels, were asked before, are to be asked, and have answered.

A question counts from the moment it is planned for. One that was taken back before it was sent has no moment, and one
that failed has reached nobody: neither counts.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, union_all

from storage.queries.tables import account, contact, survey_ask, survey_response
from storage.session import Session

_a, _c, _s, _r = account.c, contact.c, survey_ask.c, survey_response.c
_counts = and_(_s.asked_at.is_not(None), _s.state.not_in(("skipped", "failed")))


class Past(NamedTuple):
    """What somebody was asked."""

    by_kind: Mapping[str, datetime]
    """When each kind was asked last, or is to be asked."""
    open_kinds: tuple[str, ...]
    """The kinds of the questions that wait for their answer."""

    @property
    def last_kind(self) -> str | None:
        """The kind of the last question."""
        return max(self.by_kind, key=lambda kind: (self.by_kind[kind], kind), default=None)


NOTHING: Final = Past({}, ())


def asked_people(db: Session, users: Select[Any], now: datetime) -> dict[str, Past]:
    """By Slack user, as a contact of whichever account; those who were never asked anything are left out.

    Where the data merge two contacts, or give one another Slack user, a question still counts for whoever got it.
    """
    theirs_now = _one(_c.slack_user_id, now).join_from(contact, survey_ask, _s.contact_id == _c.id)
    put_to_them = _one(_s.destination, now).where(_s.contact_id.is_not(None))
    return _last(db, theirs_now.where(_c.slack_user_id.in_(users)), put_to_them.where(_s.destination.in_(users)))


def asked_channels(db: Session, accounts: Select[Any], now: datetime) -> dict[int, Past]:
    """By account what was asked in its shared channel; those where nothing ever was are left out.

    Where accounts share a channel, or one has got another, what was asked counts for the account and for the channel.
    """
    of_account = _one(_s.account_id, now).where(_s.contact_id.is_(None), _s.account_id.in_(accounts))
    here = and_(_s.destination == _a.slack_channel_id, _s.contact_id.is_(None))
    of_channel = _one(_a.id, now).join_from(account, survey_ask, here).where(_a.id.in_(accounts))
    return _last(db, of_account, of_channel)


def answered_elsewhere(db: Session, users: Select[Any], kind: str) -> dict[str, datetime]:
    """By Slack user when they last answered the kind without having been asked it by us in person."""
    query = (
        select(_c.slack_user_id, func.max(_r.responded_at))
        .join_from(survey_response, contact, _c.id == _r.contact_id)
        .outerjoin(survey_ask, _s.id == _r.ask_id)
        .where(_r.kind == kind, _r.voided_at.is_(None), _s.contact_id.is_(None), _c.slack_user_id.in_(users))
        .group_by(_c.slack_user_id)
    )
    return {user: moment for user, moment in db.execute(query)}  # noqa: C416 - rows are no pairs


def _open(now: datetime) -> ColumnElement[int]:
    waits = and_(_s.state.in_(("queued", "sent")), or_(_s.expires_at.is_(None), _s.expires_at > now))
    return case((waits, 1), else_=0)


def _one(who: ColumnElement[Any], now: datetime) -> Select[Any]:
    """One question of somebody."""
    return select(who.label("who"), _s.kind, _s.asked_at, _open(now).label("is_open"))


def _last(db: Session, *questions: Select[Any]) -> dict[Any, Past]:
    """The latest of each kind, by whom these were put to."""
    found = union_all(*(one.where(_counts) for one in questions)).subquery().c
    last = select(found.who, found.kind, func.max(found.asked_at), func.max(found.is_open))
    return _by_whom(db.execute(last.group_by(found.who, found.kind)))


def _by_whom(rows: Iterable[Any]) -> dict[Any, Past]:
    asked: dict[Any, dict[str, datetime]] = {}
    waiting: dict[Any, list[str]] = {}
    for who, kind, at, is_open in rows:
        asked.setdefault(who, {})[kind] = at
        if is_open:
            waiting.setdefault(who, []).append(kind)
    return {who: Past(kinds, tuple(sorted(waiting.get(who, ())))) for who, kinds in asked.items()}
