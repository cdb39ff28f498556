"""Tickets by priority, and the accounts that have most of them or an escalation that is still open."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, repeat

from sqlalchemy import case, func, or_, select

from metrics.facts import ServiceTotals
from metrics.types import AccountRow, plural
from storage.queries.asking import midnight
from storage.queries.consecutive import moments_of
from storage.queries.listed import ACCOUNT, row_of, with_mrr
from storage.queries.tables import account, ticket
from storage.queries.totals import Scope
from storage.queries.totals.service import RESPONSE_MINUTES
from storage.queries.within import within
from storage.session import Session

_c = ticket.c
_ESCALATED = func.count(case((_c.escalated, 1)))


def by_priority(db: Session, scope: Scope) -> list[tuple[str | None, ServiceTotals]]:
    """The tickets opened in the period by priority, most tickets first; None: tickets without one.

    Only what is known of a ticket when it is opened and answered: nothing of resolutions and customers. Priorities that
    differ in case alone are one.
    """
    minutes = RESPONSE_MINUTES.label("minutes")
    found = db.execute(
        select(_c.priority, minutes, func.count(), _ESCALATED)
        .where(moments_of((scope.period,), scope.zone).during(_c.opened_at), *within(db, scope.book, _c.account_id))
        .group_by(_c.priority, minutes)
    )
    names: dict[str, str] = {}
    groups: defaultdict[str, list[tuple[int | None, int, int]]] = defaultdict(list)
    for priority, waited, opened, escalated in found:
        folded = (priority or "").strip().casefold()
        names[folded] = min(priority or "", names.get(folded, priority or ""))
        groups[folded].append((waited, opened, escalated))
    parts = [(names[folded] or None, _part(rows)) for folded, rows in groups.items()]
    return sorted(parts, key=lambda part: (-part[1].opened, part[0] or ""))


def _part(rows: Sequence[tuple[int | None, int, int]]) -> ServiceTotals:
    waited = sorted((minutes, opened) for minutes, opened, _ in rows if minutes is not None)
    return ServiceTotals(
        known=True,
        response_minutes=tuple(chain.from_iterable(repeat(*each) for each in waited)),
        opened=sum(opened for _, opened, _ in rows),
        escalated=sum(escalated for _, _, escalated in rows),
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
