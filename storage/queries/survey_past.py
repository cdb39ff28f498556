"""What people, and accounts in their shared channels, were asked before, are to be asked, and have answered.

A question counts from the moment it is planned for. One that was taken back before it was sent has no moment, and one
that failed has reached nobody: neither counts.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, and_, case, func, or_, select

from storage.queries.tables import contact, survey_ask, survey_response
from storage.session import Session

_c, _s, _r = contact.c, survey_ask.c, survey_response.c
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
    """By Slack user, as a contact of whichever account; those who were never asked anything are left out."""
    query = (
        select(_c.slack_user_id, _s.kind, func.max(_s.asked_at), _open(now))
        .join_from(contact, survey_ask, _s.contact_id == _c.id)
        .where(_c.slack_user_id.in_(users), _counts)
        .group_by(_c.slack_user_id, _s.kind)
    )
    return _by_whom(db.execute(query))


def asked_channels(db: Session, accounts: Select[Any], now: datetime) -> dict[int, Past]:
    """By account what was asked in its shared channel; those where nothing ever was are left out."""
    query = (
        select(_s.account_id, _s.kind, func.max(_s.asked_at), _open(now))
        .where(_s.account_id.in_(accounts), _s.contact_id.is_(None), _counts)
        .group_by(_s.account_id, _s.kind)
    )
    return _by_whom(db.execute(query))


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


def _open(now: datetime) -> Any:  # noqa: ANN401 - a column
    waits = and_(_s.state.in_(("queued", "sent")), or_(_s.expires_at.is_(None), _s.expires_at > now))
    return func.max(case((waits, 1), else_=0))


def _by_whom(rows: Iterable[Any]) -> dict[Any, Past]:
    asked: dict[Any, dict[str, datetime]] = {}
    waiting: dict[Any, list[str]] = {}
    for who, kind, at, is_open in rows:
        asked.setdefault(who, {})[kind] = at
        if is_open:
            waiting.setdefault(who, []).append(kind)
    return {who: Past(kinds, tuple(sorted(waiting.get(who, ())))) for who, kinds in asked.items()}
