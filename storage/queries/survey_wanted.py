"""Whether a question is still wanted: asked right before it is sent, and of all that are open every now and then."""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from metrics.asking import Reason
from metrics.surveys import all_surveys
from metrics.types import LeftBy
from storage.queries.survey_asks import OPEN, Ask
from storage.queries.survey_wordings import wordings
from storage.queries.tables import (
    account,
    contact,
    contact_sign,
    mrr_movement,
    respondent,
    survey_ask,
    survey_optout,
    survey_wave,
    ticket,
)
from storage.session import Session

_a, _w, _c, _m = survey_ask.c, survey_wave.c, contact.c, mrr_movement.c


class Question(NamedTuple):
    """A question, or the reminder of one, that is about to be sent."""

    ask: Ask
    wording: Mapping[str, str]
    """The company's own words by language, where there are any."""
    shared: bool
    """It goes to a channel, where everybody of the customer may answer."""
    anonymous: bool
    reminder: bool
    zone: str | None
    """The person's, as Slack last told it."""
    country: str | None
    """The account's, as ISO 3166 names it."""
    not_wanted: Reason | None
    """Why it is not to be sent after all; None: it is."""


_opted_out = exists().where(or_(survey_optout.c.user_id == _a.destination, survey_optout.c.contact_id == _a.contact_id))
_escalated = exists().where(
    ticket.c.account_id == _a.account_id, ticket.c.escalated.is_(True), ticket.c.resolved_at.is_(None)
)


_left_channel = exists().where(
    contact_sign.c.contact_id == _c.id,
    contact_sign.c.kind == LeftBy.LEFT_CHANNEL.value,
    contact_sign.c.day.is_not(None),
)
_OF_FORMER: Final = tuple(one.id for one in all_surveys().values() if one.of_those_who_left)


def _left(today: date) -> ColumnElement[bool]:
    """By the data, or they are not in the shared channel any more."""
    return and_(_c.id.is_not(None), or_(_c.left_on <= today, _left_channel))


def _changed_sides(today: date) -> ColumnElement[bool]:
    """The account has left since, or has come back: the question is for the others."""
    lines = (_m.account_id == _a.account_id, _m.day <= today)
    pays = select(func.sum(_m.after - _m.before)).where(*lines).scalar_subquery()
    former = _a.kind.in_(_OF_FORMER)
    return or_(and_(~former, pays <= 0), and_(former, pays > 0))


def question(db: Session, outbox_id: int, *, today: date) -> Question | None:
    """What a message of the outbox asks, or reminds of; None: it has nothing to do with a question."""
    not_wanted = case(
        (_w.state == "withdrawn", Reason.TOLD_BY_OTHERS.value),
        (_opted_out, Reason.OPTED_OUT.value),
        (_left(today), Reason.LEFT.value),
        (_changed_sides(today), Reason.NO_CUSTOMER.value),
        (_escalated, Reason.ESCALATION.value),
    )
    row = db.execute(
        select(
            *(_a[name] for name in Ask._fields),
            _w.wording,
            _w.place != "direct",
            _w.anonymous,
            _a.reminder_id == outbox_id,
            respondent.c.zone,
            account.c.country_code,
            not_wanted,
        )
        .join(survey_wave, _w.id == _a.wave_id)
        .join(account, account.c.id == _a.account_id)
        .outerjoin(contact, _c.id == _a.contact_id)
        .outerjoin(respondent, respondent.c.user_id == _a.destination)
        .where(or_(_a.outbox_id == outbox_id, _a.reminder_id == outbox_id))
    ).first()
    if row is None:
        return None
    ask, rest = Ask._make(row[: len(Ask._fields)]), row[len(Ask._fields) :]
    wording, shared, anonymous, reminder, zone, country, reason = rest
    return Question(
        ask,
        {**wordings(db, ask.kind), **wording},
        bool(shared),
        bool(anonymous),
        bool(reminder),
        zone,
        country,
        None if reason is None else Reason(reason),
    )


def no_longer_wanted(db: Session, *, today: date, most: int) -> list[tuple[int, Reason]]:
    """At most so many open questions to people who have left, or want none any more."""
    left = (
        select(_a.id)
        .join(contact, _c.id == _a.contact_id)
        .where(_a.state.in_(OPEN), _left(today))
        .order_by(_a.id)
        .limit(most)
    )
    opted_out = select(_a.id).where(_a.state.in_(OPEN), _opted_out).order_by(_a.id).limit(most)
    found = dict.fromkeys(db.execute(left).scalars(), Reason.LEFT)
    found |= dict.fromkeys(db.execute(opted_out).scalars(), Reason.OPTED_OUT)
    return sorted(found.items())[:most]
