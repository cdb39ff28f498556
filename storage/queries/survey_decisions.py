"""Everything that was decided about asking one person: whether they were asked, and if not, why."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import and_, or_, select

from storage.queries.tables import contact, survey_ask, survey_wave
from storage.session import Session

MOST: Final = 20
_a, _w, _c = survey_ask.c, survey_wave.c, contact.c
_OPEN_OR_DONE: Final = ("sent", "answered", "expired")


class Told(NamedTuple):
    """One decision."""

    wave_id: int
    wave_name: str
    """As people call the wave; empty: by kind and day."""
    kind: str
    state: str
    """As of survey_ask; of an anonymous wave whoever got the question is "sent", whether they answered or not."""
    reason: str | None
    """The value of a metrics.asking.Reason, or Slack's word."""
    detail: Mapping[str, Any]
    decided_at: datetime
    asked_at: datetime | None
    """When it was sent, or is to be; None: they were not asked."""
    in_channel: bool
    """Everybody of the account was asked in its shared channel."""
    contact_id: int | None
    """The person may be a contact of several accounts."""


def decisions_about(db: Session, contact_id: int, *, most: int = MOST) -> list[Told]:
    """The last decisions about a person, the latest first, as a contact of whichever account.

    What was asked in the shared channel of the contact's own account is among them.
    """
    own = select(_c.account_id, _c.slack_user_id).where(_c.id == contact_id).subquery()
    same = select(_c.id).join_from(contact, own, _c.slack_user_id == own.c.slack_user_id)
    people = or_(_a.contact_id == contact_id, _a.contact_id.in_(same))
    channel = and_(_a.contact_id.is_(None), _a.account_id.in_(select(own.c.account_id)))
    columns = (_w.id, _w.name, _a.kind, _a.state, _a.reason, _a.detail, _a.decided_at, _a.asked_at)
    query = (
        select(*columns, _a.contact_id.is_(None), _a.contact_id, _w.anonymous)
        .join_from(survey_ask, survey_wave, _w.id == _a.wave_id)
        .where(or_(people, channel))
        .order_by(_a.decided_at.desc(), _a.id.desc())
        .limit(most)
    )
    return [_told(Told._make(row[:-1]), anonymous=row[-1]) for row in db.execute(query)]


def _told(one: Told, *, anonymous: bool) -> Told:
    return one._replace(state="sent") if anonymous and one.state in _OPEN_OR_DONE else one
