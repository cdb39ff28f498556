"""The people whom an audience consists of, with all that decides whether they are asked.

One person may be a contact of several accounts: what they were asked, or have answered, counts for all of these.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, String, and_, func, literal, null, or_, select

from metrics.asking import Audience, Candidate, To
from metrics.surveys import all_surveys
from metrics.types import LeftBy
from storage.queries.asking import parameters
from storage.queries.books import alike
from storage.queries.chunks import MOST_IDS
from storage.queries.departures import gone
from storage.queries.survey_past import NOTHING, Past, answered_elsewhere, asked_channels, asked_people
from storage.queries.tables import (
    account,
    contact,
    contact_sign,
    mrr_movement,
    respondent,
    saved_contact,
    survey_optout,
    ticket,
)
from storage.session import Session

DIRECT: Final = "direct"
_BY_ACCOUNT: Final = (To.POINTS, To.ACCOUNT, To.SEGMENT, To.CSM, To.EVERYBODY)
"""Audiences that are accounts before they are people."""
_c, _a = contact.c, account.c


def candidates(
    db: Session, audience: Audience, *, kind: str, place: str, now: datetime, zone: tzinfo = UTC
) -> list[Candidate]:
    """Who is in the audience at the aware moment, in order of account and name.

    People where `place` is "direct", else one for each account, whose shared channel they are. Everybody means those
    whom the kind is for (customers, or those who left); of any other audience all are told, whoever may be asked.
    """
    day = now.astimezone(zone).date()
    if place == DIRECT:
        found = _people(db, _chosen(db, audience, day), kind, now, zone)
    else:
        found = _channels(db, _accounts(db, audience, day), kind, now, day)
    if audience.to is To.EVERYBODY:
        left = all_surveys()[kind].of_those_who_left
        return [one for one in found if (one.former if left else one.customer)]
    return found


def candidates_of(
    db: Session, contact_ids: Sequence[int], *, kind: str, now: datetime, zone: tzinfo = UTC
) -> list[Candidate]:
    """The same of these contacts (at most MOST_IDS)."""
    return _people(db, _c.id.in_(contact_ids), kind, now, zone)


# --- Who -----------------------------------------------------------------------------------------------------------


def _chosen(db: Session, audience: Audience, day: date) -> ColumnElement[bool]:
    """The contacts of an audience."""
    if audience.to is To.CONTACT:
        return _c.key == audience.value
    if audience.to is To.LIST:
        return _c.id.in_(select(saved_contact.c.contact_id).where(saved_contact.c.list_id == int(audience.value)))
    begun = or_(_c.started_on.is_(None), _c.started_on <= day)
    everybody = audience.to is To.ACCOUNT
    return and_(_which(db, audience), begun) if everybody else and_(_which(db, audience), begun, _c.is_poc)


def _accounts(db: Session, audience: Audience, day: date) -> ColumnElement[bool]:
    """The accounts in whose shared channels an audience is asked."""
    if audience.to in _BY_ACCOUNT:
        return _which(db, audience)
    return _a.id.in_(select(_c.account_id).where(_chosen(db, audience, day)))


def _which(db: Session, audience: Audience) -> ColumnElement[bool]:
    """The accounts of an audience that is accounts."""
    if audience.to is To.SEGMENT:
        return alike(db, _a.segment, audience.value)
    if audience.to is To.CSM:
        return alike(db, _a.csm_email, audience.value)
    if audience.to is To.EVERYBODY:
        return _a.id.is_not(None)
    return _a.key == audience.value


# --- As they are ---------------------------------------------------------------------------------------------------

_said_no = survey_optout.alias("said_no")
_opted_out = select(func.max(_said_no.c.said_at)).where(_said_no.c.contact_id == _c.id).scalar_subquery()


def _signed(kind: LeftBy) -> Any:  # noqa: ANN401 - a sub-query that is a column
    sign = contact_sign.c
    return select(sign.day).where(sign.contact_id == _c.id, sign.kind == kind.value).scalar_subquery()


_PEOPLE: Final = (
    select(
        _c.id.label("contact_id"),
        _a.id.label("account_id"),
        _c.name,
        _a.key.label("account_key"),
        _a.name.label("account_name"),
        _c.slack_user_id.label("destination"),
        func.coalesce(respondent.c.language, _c.language, _a.language).label("language"),
        respondent.c.zone,
        _a.country_code.label("country"),
        _a.lifecycle_stage,
        func.coalesce(_c.left_on, _signed(LeftBy.LEFT_CHANNEL)).label("left_on"),
        or_(respondent.c.gone, _signed(LeftBy.DEACTIVATED).is_not(None)).label("gone"),
        func.coalesce(survey_optout.c.said_at, _opted_out).label("opted_out_at"),
    )
    .join_from(contact, account, _a.id == _c.account_id)
    .outerjoin(respondent, respondent.c.user_id == _c.slack_user_id)
    .outerjoin(survey_optout, survey_optout.c.user_id == _c.slack_user_id)
    .order_by(_a.folded_name, _a.id, _c.name, _c.id)
)
_CHANNELS: Final = select(
    null().label("contact_id"),
    _a.id.label("account_id"),
    _a.name,
    _a.key.label("account_key"),
    _a.name.label("account_name"),
    _a.slack_channel_id.label("destination"),
    _a.language,
    literal(None, String).label("zone"),
    _a.country_code.label("country"),
    _a.lifecycle_stage,
    literal(None, Date).label("left_on"),
    null().label("gone"),
    null().label("opted_out_at"),
).order_by(_a.folded_name, _a.id)


def _people(db: Session, which: ColumnElement[bool], kind: str, now: datetime, zone: tzinfo) -> list[Candidate]:
    day = now.astimezone(zone).date()
    rows = db.execute(_PEOPLE.where(which)).all()
    among = select(_c.slack_user_id).join_from(contact, account, _a.id == _c.account_id).where(which)
    accounts = select(_a.id).join_from(contact, account, _a.id == _c.account_id).where(which)
    standing = _standing(db, accounts, now, day)
    users = among.where(_c.slack_user_id.is_not(None))
    asked, answered = asked_people(db, users, now), answered_elsewhere(db, users, kind)
    bounced = _bounced(db, {row.account_id for row in rows}, day, zone)
    return [
        _candidate(row, standing, asked.get(row.destination, NOTHING), answered.get(row.destination), kind)._replace(
            left_on=row.left_on or bounced.get(row.contact_id)
        )
        for row in rows
    ]


def _channels(db: Session, which: ColumnElement[bool], kind: str, now: datetime, day: date) -> list[Candidate]:
    rows = db.execute(_CHANNELS.where(which)).all()
    accounts = select(_a.id).where(which)
    standing, asked = _standing(db, accounts, now, day), asked_channels(db, accounts, now)
    return [_candidate(row, standing, asked.get(row.account_id, NOTHING), None, kind) for row in rows]


def _candidate(row: Any, standing: "_Standing", asked: Past, answered: datetime | None, kind: str) -> Candidate:  # noqa: ANN401 - a row
    own = [moment for moment in (asked.by_kind.get(kind), answered) if moment is not None]
    return Candidate(
        contact_id=row.contact_id,
        account_id=row.account_id,
        name=row.name,
        account_key=row.account_key,
        account_name=row.account_name,
        destination=row.destination,
        language=row.language,
        zone=row.zone,
        country=row.country,
        left_on=row.left_on,
        customer=standing.pays.get(row.account_id, False),
        former=standing.has_left(row.account_id, row.lifecycle_stage),
        gone=bool(row.gone),
        opted_out_at=row.opted_out_at,
        asked_at=max(asked.by_kind.values(), default=None),
        asked_kind=asked.last_kind,
        asked_this_at=max(own, default=None),
        open_kind=next(iter(asked.open_kinds), None),
        escalated_ticket=standing.escalated.get(row.account_id),
    )


def _bounced(db: Session, accounts: set[int], day: date, zone: tzinfo) -> dict[int, date]:
    """By contact the day since which mail to them comes back, where that means that they have left."""
    if not accounts:
        return {}
    ids = sorted(accounts) if len(accounts) <= MOST_IDS else None
    left = gone(db, parameters(day, zone, "", ids), zone)
    return {one.contact_id: one.day for one in left if one.by is LeftBy.BOUNCED}


# --- Their accounts ------------------------------------------------------------------------------------------------


class _Standing(NamedTuple):
    """What is known of the accounts."""

    pays: Mapping[int, bool]
    """Whether they pay anything, of those that ever did."""
    escalated: Mapping[int, str]
    """The key of the first escalated ticket that is not resolved."""

    def has_left(self, account_id: int, stage: str | None) -> bool:
        """Whether the account was a customer and is none any more."""
        pays = self.pays.get(account_id)
        return stage == "churned" if pays is None else not pays


def _standing(db: Session, accounts: Select[Any], now: datetime, day: date) -> _Standing:
    line, case = mrr_movement.c, ticket.c
    paying = (
        select(line.account_id, func.sum(line.after - line.before) > 0)
        .where(line.account_id.in_(accounts), line.day <= day)
        .group_by(line.account_id)
    )
    unresolved = or_(case.resolved_at.is_(None), case.resolved_at > now)
    escalated = (
        select(case.account_id, func.min(case.key))
        .where(case.account_id.in_(accounts), case.escalated, case.opened_at <= now, unresolved)
        .group_by(case.account_id)
    )
    return _Standing(
        {account_id: bool(pays) for account_id, pays in db.execute(paying)},
        {account_id: key for account_id, key in db.execute(escalated)},  # noqa: C416 - rows are no pairs
    )
