"""What has happened at customers for which somebody may be asked, each thing told once for ever by its `subject`."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime, timedelta, tzinfo
from hashlib import blake2b
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Integer, String, cast, exists, func, literal, select, true, type_coerce

from storage.columns import day_number
from storage.queries.books import alike
from storage.queries.chunks import chunks
from storage.queries.onboarding import completed
from storage.queries.tables import account, contact, mrr_movement, survey_ask, ticket, usage, usage_day
from storage.session import Session

LATE: Final = timedelta(days=14)
"""Data may come in so much later than what it tells of: so far back it is looked at again."""
RESTS_ON: Final[Mapping[str, Collection[str]]] = {
    "ticket_resolved": ("tickets",),
    "onboarding_completed": ("accounts",),
    "feature_first_use": ("usage", "subscriptions"),
    "start_nps": ("subscriptions",),
    "account_churned": ("subscriptions",),
}
"""By the id of the trigger the data that tells what has happened, or that it no longer holds."""

_a, _c, _t, _u, _m = account.c, contact.c, ticket.c, usage.c, mrr_movement.c
_earlier = usage.alias("earlier").c
_DAY: Final = timedelta(days=1)


class Look(NamedTuple):
    """What to look for."""

    trigger: str
    """The id of a declaration in metrics.triggers."""
    dials: Mapping[str, int]
    feature: str
    """The one that is watched; empty: none."""
    segment: str | None
    since: datetime
    """Nothing that happened before."""
    looked_until: datetime
    """What happened before was looked at already, but for data that comes late."""
    until: datetime
    zone: tzinfo
    """The company's: its days count."""

    @property
    def after(self) -> datetime:
        """The moment after which it is looked."""
        return max(self.since, self.looked_until - LATE)

    @property
    def first(self) -> date:
        """The first day that is looked at."""
        return self.after.astimezone(self.zone).date()

    @property
    def today(self) -> date:
        """The last day that is looked at."""
        return self.until.astimezone(self.zone).date()


class Happened(NamedTuple):
    """Something that happened at an account."""

    subject: str
    """What it is, unique for ever and short: "ticket 881"."""
    account_id: int
    day: date
    detail: Mapping[str, Any]
    """Plain JSON: what tells whether it still holds."""


def happened(db: Session, look: Look, *, seen: Collection[str] = ()) -> list[Happened]:
    """What has happened, in order of account, without what is `seen`."""
    among = true() if look.segment is None else alike(db, _a.segment, look.segment)
    found = (one for one in _EVENTS[look.trigger](db, look, among) if one.subject not in seen)
    return sorted(found, key=lambda one: (one.account_id, one.subject))


def seen_today(db: Session, look: Look) -> list[str]:
    """What has happened by now on the day of `look.since`, of what is known by the day alone."""
    at_once = look._replace(dials={**look.dials, "days_after": 0}, looked_until=look.since, until=look.since)
    return [one.subject for one in happened(db, at_once)]


def features(db: Session) -> list[str]:
    """The features that anybody ever used, in order of name."""
    named = select(usage_day.c.feature).where(usage_day.c.feature != "").distinct()
    return list(db.execute(named.order_by(usage_day.c.feature)).scalars())


def points_of(db: Session, account_ids: Collection[int]) -> dict[int, list[tuple[int, date | None]]]:
    """By account its points of contact, whoever has left included: their ids, and the day on which each began."""
    found: dict[int, list[tuple[int, date | None]]] = {}
    for some in chunks(account_ids):
        points = select(_c.account_id, _c.id, _c.started_on).where(_c.account_id.in_(some), _c.is_poc)
        for account_id, contact_id, began in db.execute(points.order_by(_c.id)):
            found.setdefault(account_id, []).append((contact_id, began))
    return found


# --- What happens ----------------------------------------------------------------------------------------------------


def _tickets(db: Session, look: Look, among: ColumnElement[bool]) -> Iterator[Happened]:
    resolved = (_t.resolved_at > look.after, _t.resolved_at <= look.until, among)
    rows = select(_t.id, _t.account_id, _t.resolved_at, _t.key).join_from(ticket, account, _a.id == _t.account_id)
    subject = literal("ticket ") + cast(_t.id, String)
    for id_, account_id, at, key in db.execute(rows.where(*resolved, _undecided(_t.account_id, subject))):
        detail = {"ticket_id": id_, "ticket": key, "resolved_at": at.isoformat()}
        yield Happened(f"ticket {id_}", account_id, at.astimezone(look.zone).date(), detail)


def _onboardings(db: Session, look: Look, among: ColumnElement[bool]) -> Iterator[Happened]:
    done = completed(look.first, look.today + _DAY)
    for id_, day in db.execute(select(_a.id, _a.activated_on).where(done, among)):
        yield Happened(f"onboarding {id_}", id_, day, {"day": day.isoformat()})


def _first_uses(db: Session, look: Look, among: ColumnElement[bool]) -> Iterator[Happened]:
    """`days_after` the first use; both are to be after it was switched on."""
    waits = timedelta(days=look.dials["days_after"])
    first = max(look.first - waits, look.since.astimezone(look.zone).date())
    last = look.today - waits
    of_days = (usage_day.c.feature == look.feature, usage_day.c.day >= first, usage_day.c.day <= last)
    if not look.feature or db.execute(select(usage_day.c.day).where(*of_days).limit(1)).first() is None:
        return
    before = exists().where(
        _earlier.account_id == _u.account_id, _earlier.day < first, _earlier.feature == look.feature
    )
    first_use = (
        select(_u.account_id, func.min(_u.day))
        .join_from(account, usage, _a.id == _u.account_id)
        .where(_u.feature == look.feature, _u.day >= first, _u.day <= last, among)
        .group_by(_u.account_id)
        .having(~before)
    )
    name = blake2b(look.feature.encode(), digest_size=8).hexdigest()
    for account_id, day in db.execute(first_use):
        detail = {"feature": look.feature, "day": day.isoformat()}
        yield Happened(f"feature {account_id} {name}", account_id, day + waits, detail)


def _anniversaries(db: Session, look: Look, among: ColumnElement[bool]) -> Iterator[Happened]:
    """So many days after the first day of the ledger, and after each period from then on."""
    first_after, period = look.dials["first_after"], look.dials["period"]
    start = select(func.min(_m.day)).where(_m.account_id == _a.id).scalar_subquery()
    beyond = day_number(look.today) - type_coerce(start, Integer) - first_after
    paying = select(func.sum(_m.after - _m.before)).where(_m.account_id == _a.id, _m.day <= look.today)
    due = (beyond >= 0, beyond % period <= (look.today - look.first).days, paying.scalar_subquery() > 0, among)
    for account_id, began in db.execute(select(_a.id, start).where(*due)):
        day = began + timedelta(days=first_after)
        day += timedelta(days=(look.today - day).days // period * period)
        yield Happened(f"start {account_id} {day}", account_id, day, {"start": began.isoformat()})


def _churns(db: Session, look: Look, among: ColumnElement[bool]) -> Iterator[Happened]:
    """Those that pay nothing any more since the last line of their ledger."""
    last = func.max(_m.day)
    ended = select(_m.account_id).where(_m.day.between(look.first, look.today), _m.after == 0)
    left = (
        select(_m.account_id, last)
        .join_from(mrr_movement, account, _a.id == _m.account_id)
        .where(_m.account_id.in_(ended), _m.day <= look.today, among)
        .group_by(_m.account_id)
        .having(func.sum(_m.after - _m.before) <= 0)
    )
    for account_id, day in db.execute(left):
        yield Happened(f"churn {account_id} {day}", account_id, day, {"day": day.isoformat()})


def _undecided(account_id: ColumnElement[int], subject: ColumnElement[str]) -> ColumnElement[bool]:
    """Of some point of contact it has not been decided yet whether they are asked about it."""
    occasion = subject + " c" + cast(_c.id, String)
    asked = exists().where(survey_ask.c.occasion == occasion).correlate_except(survey_ask)
    return exists().where(_c.account_id == account_id, _c.is_poc, ~asked).correlate_except(contact)


_Events: TypeAlias = Callable[[Session, Look, ColumnElement[bool]], Iterator[Happened]]
_EVENTS: Final[Mapping[str, _Events]] = {
    "ticket_resolved": _tickets,
    "onboarding_completed": _onboardings,
    "feature_first_use": _first_uses,
    "start_nps": _anniversaries,
    "account_churned": _churns,
}
"""By the id of the trigger."""
