"""Campaigns one by one, and the accounts that have stopped opening them."""

from datetime import timedelta
from fractions import Fraction
from typing import Final

from sqlalchemy import case, func, select

from metrics.periods import Period
from metrics.types import AccountRow, Breakdown, BreakdownRow, Sentence, Value, plural
from storage.queries.consecutive import days_of
from storage.queries.listed import ACCOUNT, by_mrr, row_of, with_mrr, without_former
from storage.queries.tables import account, campaign
from storage.queries.totals import Scope
from storage.queries.totals.campaigns import COUNTED, COUNTS
from storage.queries.within import within
from storage.session import Session

SILENT_DAYS: Final = 90

_c = campaign.c


def by_campaign(db: Session, scope: Scope) -> Breakdown:
    """The campaigns of the period, most recipients first, with their rates, by name (or else id) and first day."""
    found = db.execute(
        select(_c.key, func.max(_c.name), func.min(_c.day), *COUNTS)
        .where(days_of((scope.period,)).during(_c.day), COUNTED, *within(db, scope.book, _c.account_id))
        .group_by(_c.key)
    )
    rows = []
    for key, name, day, *counts in sorted(found, key=lambda row: (-row[3], row[0])):
        sent, opened, clicked = map(int, counts)
        told: list[Value] = [plural("{count} recipient", "{count} recipients", sent)]
        if sent:
            told.append(Sentence("opened {share}", {"share": Fraction(opened, sent)}))
            told.append(Sentence("clicked {share}", {"share": Fraction(clicked, sent)}))
        if opened:
            told.append(Sentence("click-to-open {share}", {"share": Fraction(clicked, opened)}))
        label = Sentence("{campaign}, {day}", {"campaign": name or key, "day": day})
        rows.append(BreakdownRow(label, tuple(told)))
    return Breakdown(Sentence("By campaign"), tuple(rows))


def silent(db: Session, scope: Scope) -> list[AccountRow]:
    """The accounts that were sent campaigns in the 90 days that end with the period, opened none, but did before.

    The largest MRR first; rows of which nobody knows whether they were opened, and former customers, are left out.
    """
    since = scope.period.end - timedelta(days=SILENT_DAYS)
    sent = func.count(case((_c.sent > 0, 1)))
    unopened = (
        select(_c.account_id, sent.label("sent"))
        .where(days_of((Period(since, scope.period.end),)).during(_c.day), _c.opened.is_not(None))
        .where(_c.account_id.is_not(None), *within(db, scope.book, _c.account_id))
        .group_by(_c.account_id)
        .having(sent > 0, func.max(_c.opened) == 0)
        .subquery("unopened")
    )
    found = db.execute(
        select(*ACCOUNT, unopened.c.sent, func.max(_c.day))
        .join_from(unopened, campaign, _c.account_id == unopened.c.account_id)
        .join(account, account.c.id == unopened.c.account_id)
        .where(_c.day < since, _c.opened > 0)
        .group_by(*ACCOUNT, unopened.c.sent)
    )
    rows = []
    for *who, count, day in found:
        why = plural(
            "{count} campaign in 90 days, not opened; last opened on {day}",
            "{count} campaigns in 90 days, none opened; last opened on {day}",
            count,
            day=day,
        )
        rows.append(row_of(who, why))
    return sorted(without_former(with_mrr(db, scope, rows)), key=by_mrr)
