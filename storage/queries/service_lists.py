"""Tickets by priority, and the accounts that have most of them or an escalation that is still open."""

from collections import defaultdict
from collections.abc import Sequence
from heapq import merge

from sqlalchemy import case, func, or_, select

from metrics.facts import ServiceTotals
from metrics.types import AccountRow, plural
from storage.queries.asking import midnight
from storage.queries.consecutive import moments_of
from storage.queries.listed import ACCOUNT, row_of, with_mrr
from storage.queries.tables import account, ticket
from storage.queries.totals import Scope
from storage.queries.waits import Waited, waits
from storage.queries.within import within
from storage.session import Session

_c = ticket.c
_ESCALATED = func.count(case((_c.escalated, 1)))


def by_priority(db: Session, scope: Scope) -> list[tuple[str | None, ServiceTotals]]:
    """The tickets opened in the period by priority, most tickets first; None: tickets without one.

    Only what is known of a ticket when it is opened and answered: nothing of resolutions and customers. Priorities that
    differ in case alone are one.
    """
    during = moments_of((scope.period,), scope.zone).during(_c.opened_at)
    among = within(db, scope.book, _c.account_id)
    hours = scope.definitions.business_hours
    found = waits(db, _c.priority, (during, *among), hours=hours, zone=scope.zone)
    names: dict[str, str] = {}
    groups: defaultdict[str, list[Waited]] = defaultdict(list)
    for priority, tickets in found.items():
        folded = (priority or "").strip().casefold()
        names[folded] = min(priority or "", names.get(folded, priority or ""))
        groups[folded].append(tickets)
    parts = [(names[folded] or None, _part(some)) for folded, some in groups.items()]
    return sorted(parts, key=lambda part: (-part[1].opened, part[0] or ""))


def _part(some: Sequence[Waited]) -> ServiceTotals:
    return ServiceTotals(
        known=True,
        response_minutes=tuple(merge(*(tickets.minutes for tickets in some))),
        opened=sum(tickets.opened for tickets in some),
        escalated=sum(tickets.escalated for tickets in some),
    )


def most_tickets(db: Session, scope: Scope) -> list[AccountRow]:
    """The accounts that opened tickets in the period, most tickets first, then most escalations."""
    found = db.execute(
        select(*ACCOUNT, func.count(), _ESCALATED)
        .join_from(ticket, account, account.c.id == _c.account_id)
        .where(moments_of((scope.period,), scope.zone).during(_c.opened_at), *within(db, scope.book, _c.account_id))
        .group_by(*ACCOUNT)
    )
    rows = []
    for *who, count, escalated in sorted(found, key=lambda row: (-row[4], -row[5], row[1])):
        why = plural("{count} ticket opened", "{count} tickets opened", count)
        if escalated:
            why = plural(
                "{count} ticket opened, {escalated} escalated",
                "{count} tickets opened, {escalated} escalated",
                count,
                escalated=escalated,
            )
        rows.append(row_of(who, why))
    return with_mrr(db, scope, rows)


def open_escalations(db: Session, scope: Scope) -> list[AccountRow]:
    """The accounts with tickets that are escalated and not resolved at the end of the period, longest open first."""
    until = midnight(scope.period.end, scope.zone)
    found = db.execute(
        select(*ACCOUNT, func.count(), func.min(_c.opened_at))
        .join_from(ticket, account, account.c.id == _c.account_id)
        .where(
            _c.escalated,
            _c.opened_at < until,
            or_(_c.resolved_at.is_(None), _c.resolved_at >= until),
            *within(db, scope.book, _c.account_id),
        )
        .group_by(*ACCOUNT)
    )
    rows = []
    for *who, count, oldest in sorted(found, key=lambda row: (row[5], row[1])):
        day = oldest.astimezone(scope.zone).date()
        why = plural(
            "{count} escalation open, since {since}", "{count} escalations open, since {since}", count, since=day
        )
        rows.append(row_of(who, why))
    return with_mrr(db, scope, rows)
