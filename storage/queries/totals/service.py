"""Support tickets of periods: a ticket belongs to the one it was opened in, its resolution to that of its resolving."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, case, exists, func, select
from sqlmodel.sql.sqltypes import UTCDateTime

from metrics.facts import ServiceTotals
from metrics.periods import Period
from storage.prepared import Prepared
from storage.queries.consecutive import Consecutive, moments_of
from storage.queries.revenue import monthly_revenue
from storage.queries.stood_by_account import Stood, stood_by_account
from storage.queries.tables import ticket
from storage.queries.totals import Scope, Totals
from storage.queries.waits import NOBODY_WAITED, Waited, waits
from storage.queries.within import within
from storage.session import Session

_c = ticket.c
_any = Prepared(select(exists().where(_c.opened_at < bindparam("until", type_=UTCDateTime))))


class _Resolved(NamedTuple):
    """The tickets that were resolved in one period, or of one account, of which the customer's contacts are known."""

    resolved: int = 0
    at_first: int = 0
    contacts: int = 0


_NONE_RESOLVED = _Resolved()
_NO_CUSTOMER = Stood(opening=False, closing=False)


def load(db: Session, scope: Scope) -> ServiceTotals:
    """The tickets of the period."""
    return series(db, scope, (scope.period,))[0]


def series(db: Session, scope: Scope, periods: Sequence[Period]) -> Sequence[ServiceTotals]:
    """The tickets of several periods that follow one another, read in one pass."""
    moments = moments_of(periods, scope.zone)
    among = within(db, scope.book, _c.account_id)
    during = (moments.during(_c.opened_at), *among)
    hours = scope.definitions.business_hours
    which, by = moments.key(_c.opened_at)
    opened = waits(db, which, during, hours=hours, zone=scope.zone, by=by)
    resolved = _resolved(db, moments, among, *moments.key(_c.resolved_at))
    revenue = monthly_revenue(db, periods, rates=scope.rates, book=scope.book)
    known = False
    totals = []
    for number, (until, money) in enumerate(zip(moments.ends, revenue, strict=True)):
        tickets = opened.get(number, NOBODY_WAITED)
        known = known or tickets.opened > 0 or bool(_any.value(db, {"until": until}))
        customers = Fraction(money.customers_opening + money.customers_closing, 2)
        totals.append(_totals(tickets, resolved.get(number, _NONE_RESOLVED), customers, known=known))
    return totals


def by_account(db: Session, scope: Scope) -> Mapping[int, ServiceTotals]:
    """The tickets of each account, and of each customer at opening or closing, which may have none."""
    moments = moments_of((scope.period,), scope.zone)
    among = within(db, scope.book, _c.account_id)
    hours = scope.definitions.business_hours
    opened = waits(db, _c.account_id, (moments.during(_c.opened_at), *among), hours=hours, zone=scope.zone)
    resolved = _resolved(db, moments, among, _c.account_id, (_c.account_id,))
    stood = stood_by_account(db, scope.period, scope.rates, scope.book)
    known = bool(_any.value(db, {"until": moments.ends[-1]}))
    return {
        account_id: _totals(
            opened.get(account_id, NOBODY_WAITED),
            resolved.get(account_id, _NONE_RESOLVED),
            Fraction(sum(stood.get(account_id, _NO_CUSTOMER)), 2),
            known=known,
        )
        for account_id in opened.keys() | resolved.keys() | {one for one, ends in stood.items() if any(ends)}
    }


def _resolved(
    db: Session,
    moments: Consecutive,
    among: tuple[ColumnElement[bool], ...],
    key: ColumnElement[Any],
    by: tuple[ColumnElement[Any], ...],
) -> Mapping[int, _Resolved]:
    """By `key`; `by` is what tells the keys apart."""
    found = db.execute(
        select(
            key,
            func.count(),
            func.sum(case((_c.customer_contacts == 1, 1), else_=0)),
            func.sum(_c.customer_contacts),
        )
        .where(moments.during(_c.resolved_at), _c.customer_contacts.is_not(None), *among)
        .group_by(*by)
    )
    return {one: _Resolved(count, int(at_first or 0), int(contacts or 0)) for one, count, at_first, contacts in found}


def _totals(tickets: Waited, resolved: _Resolved, customers: Fraction, *, known: bool) -> ServiceTotals:
    return ServiceTotals(
        known=known,
        response_minutes=tickets.minutes,
        opened=tickets.opened,
        escalated=tickets.escalated,
        resolved=resolved.resolved,
        resolved_at_first=resolved.at_first,
        contacts=resolved.contacts,
        customers=customers,
    )


TOTALS = Totals(
    id="service",
    facts=ServiceTotals,
    load=load,
    by_account=by_account,
    series=series,
    rests_on=("ticket", "mrr_movement"),
)
