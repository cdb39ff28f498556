"""Support tickets of periods: a ticket belongs to the one it was opened in, its resolution to that of its resolving."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, repeat

from sqlalchemy import ColumnElement, bindparam, case, exists, func, select
from sqlmodel.sql.sqltypes import UTCDateTime

from metrics.facts import ServiceTotals
from metrics.periods import Period
from storage.prepared import Prepared
from storage.queries.consecutive import Consecutive, moments_of
from storage.queries.elapsed import minutes_between
from storage.queries.revenue import monthly_revenue
from storage.queries.tables import ticket
from storage.queries.totals import Scope, Totals
from storage.queries.within import within
from storage.session import Session

_c = ticket.c
_any = Prepared(select(exists().where(_c.opened_at < bindparam("until", type_=UTCDateTime))))

RESPONSE_MINUTES = case((_c.first_response_at >= _c.opened_at, minutes_between(_c.opened_at, _c.first_response_at)))
"""NULL where nobody has answered, or where a source has the answer before the question: neither is a time of 0."""


@dataclass(slots=True)
class _Tally:
    """What the tickets of one period come to."""

    minutes: dict[int, int]
    """Tickets by the minutes to their first response."""
    opened: int = 0
    escalated: int = 0
    resolved: int = 0
    resolved_at_first: int = 0
    contacts: int = 0


def load(db: Session, scope: Scope) -> ServiceTotals:
    """The tickets of the period."""
    return series(db, scope, (scope.period,))[0]


def series(db: Session, scope: Scope, periods: Sequence[Period]) -> Sequence[ServiceTotals]:
    """The tickets of several periods that follow one another, read in one pass."""
    moments = moments_of(periods, scope.zone)
    among = within(db, scope.book, _c.account_id)
    tallies = [_Tally(defaultdict(int)) for _ in periods]
    _read_opened(db, tallies, moments, among)
    _read_resolved(db, tallies, moments, among)
    revenue = monthly_revenue(db, periods, rates=scope.rates, book=scope.book)
    known = False
    totals = []
    for tally, until, money in zip(tallies, moments.ends, revenue, strict=True):
        known = known or tally.opened > 0 or bool(_any.value(db, {"until": until}))
        customers = Fraction(money.customers_opening + money.customers_closing, 2)
        totals.append(_totals(tally, customers, known=known))
    return totals


def _read_opened(
    db: Session, tallies: Sequence[_Tally], moments: Consecutive, among: tuple[ColumnElement[bool], ...]
) -> None:
    number, minutes = moments.number(_c.opened_at), RESPONSE_MINUTES.label("minutes")
    found = db.execute(
        select(number, minutes, func.count(), func.sum(case((_c.escalated, 1), else_=0)))
        .where(moments.during(_c.opened_at), *among)
        .group_by(number, minutes)
    )
    for at, waited, opened, escalated in found:
        tally = tallies[at]
        tally.opened += opened
        tally.escalated += int(escalated)
        if waited is not None:
            tally.minutes[waited] += opened


def _read_resolved(
    db: Session, tallies: Sequence[_Tally], moments: Consecutive, among: tuple[ColumnElement[bool], ...]
) -> None:
    number = moments.number(_c.resolved_at)
    found = db.execute(
        select(
            number,
            func.count(),
            func.sum(case((_c.customer_contacts == 1, 1), else_=0)),
            func.sum(_c.customer_contacts),
        )
        .where(moments.during(_c.resolved_at), _c.customer_contacts.is_not(None), *among)
        .group_by(number)
    )
    for at, resolved, at_first, contacts in found:
        tally = tallies[at]
        tally.resolved, tally.resolved_at_first, tally.contacts = resolved, int(at_first), int(contacts)


def _totals(tally: _Tally, customers: Fraction, *, known: bool) -> ServiceTotals:
    return ServiceTotals(
        known=known,
        response_minutes=tuple(chain.from_iterable(repeat(*each) for each in sorted(tally.minutes.items()))),
        opened=tally.opened,
        escalated=tally.escalated,
        resolved=tally.resolved,
        resolved_at_first=tally.resolved_at_first,
        contacts=tally.contacts,
        customers=customers,
    )


TOTALS = Totals(id="service", facts=ServiceTotals, load=load, series=series)
